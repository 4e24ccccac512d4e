package dev.asyncinspect.model;

import org.jspecify.annotations.Nullable;

/**
 * One act of waiting, as it was recorded.
 *
 * @param episode its number in the recording, from 1
 * @param fromNanos since when, from the beginning of the recording
 * @param toNanos until when; {@link #STILL} if it had not ended when the recording did
 * @param site where, null if nobody said
 * @param resourceId what it waited for, 0 if nobody said
 * @param timed whether it has a timeout
 * @param pinned whether the task was seen to keep its carrier meanwhile
 */
public record Await(
        long episode,
        long fromNanos,
        long toNanos,
        @Nullable CodeSite site,
        long resourceId,
        boolean timed,
        boolean pinned) {

    /** Stands for an end that was not recorded. */
    public static final long STILL = Long.MAX_VALUE;

    /** Whether it went on when the recording ended. */
    public boolean isStill() {
        return toNanos == STILL;
    }

    /** Whether it went on at this moment. */
    public boolean goesOnAt(long moment) {
        return fromNanos <= moment && moment < toNanos;
    }

    /** How long it took until it ended or, if it had not, until this moment. */
    public long nanosUntil(long moment) {
        return Math.max(0, Math.min(toNanos, moment) - fromNanos);
    }

    /** The same act, ended. */
    Await endedAt(long moment) {
        return new Await(episode, fromNanos, Math.max(fromNanos, moment), site, resourceId, timed, pinned);
    }

    /** The same act, of a task that keeps its carrier. */
    Await onItsCarrier() {
        return new Await(episode, fromNanos, toNanos, site, resourceId, timed, true);
    }
}
