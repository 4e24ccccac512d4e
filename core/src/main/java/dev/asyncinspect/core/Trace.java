package dev.asyncinspect.core;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method, or all methods of a class, whose awaits an agent that records tells by name:
 * {@code OrderService.load::await#2 of 3 (join) OrderService.java:41}. Without an agent it says nothing, and costs nothing.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Trace {

    /** What stands in the place of class and method, {@code OrderService.load}; on a class, in the place of the class. */
    String value() default "";
}
