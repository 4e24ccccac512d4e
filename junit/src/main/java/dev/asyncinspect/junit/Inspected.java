package dev.asyncinspect.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests of this class, or this test, fail with a diagnosis when they hang, deadlock, leave threads behind, lose the failure of
 * a thread or block a thread that must not block. All tests of a project are inspected without it if extensions are
 * registered by themselves ({@code junit.jupiter.extensions.autodetection.enabled=true}).
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
@ExtendWith(InspectedExtension.class)
public @interface Inspected {

    /**
     * After how long without any movement a test hangs: {@code 500ms}, {@code 30s}, {@code 2m}. Empty for what the
     * configuration parameter {@code asyncinspect.hang.after} says, or else 60 seconds.
     */
    String hangAfter() default "";
}
