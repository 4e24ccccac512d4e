package dev.asyncinspect.model;

import org.jspecify.annotations.Nullable;

/**
 * Work that somebody waits for and nobody has begun.
 *
 * @param futureId the resource that is done when the work is
 * @param poolId the pool in whose queue it lies and that has no worker; {@link ThreadAttributes#NONE} if it lies in none
 * @param thread name of the thread that was made to run it and never started; null if there is none
 * @param workClass binary name of the class of what was handed over; null if it is not known
 */
public record UnstartedWork(
        long futureId,
        long poolId,
        @Nullable String thread,
        @Nullable String workClass) {}
