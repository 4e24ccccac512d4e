package dev.asyncinspect.model;

import org.jspecify.annotations.Nullable;

/**
 * Work that ended with a throwable.
 *
 * @param periodic whether it was to run again and again, and now never will
 * @param futureClass binary name of the class of its future
 * @param throwable binary name of the class of the throwable
 * @param message what the throwable says; null if nothing
 * @param thrownIn binary name of the innermost class of the program that was on the stack; null if it is not known
 */
public record FailedWork(
        boolean periodic,
        String futureClass,
        String throwable,
        @Nullable String message,
        @Nullable String thrownIn) {}
