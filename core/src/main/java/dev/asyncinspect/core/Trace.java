package dev.asyncinspect.core;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method, or all methods of a class, whose awaits are told by name: {@code OrderService.load::await#2 (fetchPosts)}. With the agent each
 * call is a task of its own; without it the annotation says nothing.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Trace {

    /** The name of the task; by default class and method. */
    String value() default "";
}
