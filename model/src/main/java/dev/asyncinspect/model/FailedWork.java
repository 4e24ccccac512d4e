package dev.asyncinspect.model;

import org.jspecify.annotations.Nullable;

/**
 * Work that ended with a throwable.
 *
 * @param periodic whether it was to run again and again, and now never will
 * @param futureClass binary name of the class of its future
 * @param workClass binary name of the class of what was handed over; null if it is not known
 * @param throwable binary name of the class of the throwable
 * @param message what the throwable says; null if nothing
 * @param thrownAt where it was made; null if it is not known
 */
public record FailedWork(
        boolean periodic,
        String futureClass,
        @Nullable String workClass,
        String throwable,
        @Nullable String message,
        @Nullable Frame thrownAt) {}
