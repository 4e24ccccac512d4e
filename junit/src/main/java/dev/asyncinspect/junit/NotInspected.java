package dev.asyncinspect.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Tests of this class, or this test, are left alone, for a reason. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
public @interface NotInspected {

    /** Why; for whoever reads the test. */
    String reason();

    /** What it is not inspected for; else for nothing at all. */
    Check[] checks() default {
        Check.HANG, Check.DEADLOCK, Check.LEAKED_THREAD, Check.SWALLOWED_FAILURE, Check.BLOCKED_NON_BLOCKING_THREAD
    };
}
