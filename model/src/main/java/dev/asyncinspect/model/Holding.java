package dev.asyncinspect.model;

import org.jspecify.annotations.Nullable;

/**
 * A task held a resource for a while.
 *
 * @param taskId who
 * @param mode how
 * @param permits how many permits, 0 if the resource has none
 * @param site where it was taken, null if nobody said
 * @param fromNanos since when, from the beginning of the recording
 * @param toNanos until when; {@link Await#STILL} if it was not given back before the recording ended
 */
public record Holding(
        long taskId, AccessMode mode, int permits, @Nullable CodeSite site, long fromNanos, long toNanos) {

    /** Whether it was held at this moment. */
    public boolean goesOnAt(long moment) {
        return fromNanos <= moment && moment < toNanos;
    }
}
