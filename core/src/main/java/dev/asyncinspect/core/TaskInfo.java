package dev.asyncinspect.core;

import org.jspecify.annotations.Nullable;

/**
 * What is known of one task at one moment. Times are nanoseconds; moments are on the clock of {@code System.nanoTime}. The time of a segment that
 * has not ended yet is counted up to the moment asked about; once the task is over, nothing grows any more.
 *
 * @param id the task
 * @param kind what sort of task
 * @param name its name, null if it has none
 * @param runtimeId the runtime's own id, such as that of its thread; 0 none
 * @param parentId the task or thread that created it, 0 unknown
 * @param site where it was created, null if unknown
 * @param state where it stands
 * @param createdNanos when it was created, or first seen if that was missed
 * @param stateSinceNanos since when it is in this state; when it ended, if it is over
 * @param polls how often it ran
 * @param wakes how often it was made runnable after having waited
 * @param selfWakes how many of these it did itself
 * @param lastWakerId who woke it last: a task or thread, 0 unknown
 * @param runningNanos sum of its polls
 * @param scheduledNanos sum of what it was runnable and did not run
 * @param blockedNanos the rest
 * @param await where it waits, null if it does not or nobody said
 * @param threadId the thread that runs it or ran it last, 0 if none did
 * @param throwable class and message of what it failed with, null if it did not
 * @param incomplete true if events are missing in its life, so that numbers are too small or it may be over
 */
public record TaskInfo(
        long id,
        TaskKind kind,
        @Nullable String name,
        long runtimeId,
        long parentId,
        @Nullable String site,
        TaskState state,
        long createdNanos,
        long stateSinceNanos,
        int polls,
        int wakes,
        int selfWakes,
        long lastWakerId,
        long runningNanos,
        long scheduledNanos,
        long blockedNanos,
        @Nullable Await await,
        long threadId,
        @Nullable String throwable,
        boolean incomplete) {

    /**
     * An act of waiting.
     *
     * @param label the await site or the label that the program gave, null if unknown
     * @param resourceId what it waits for, 0 unknown
     * @param timed true if it has a timeout
     * @param sinceNanos since when
     */
    public record Await(@Nullable String label, long resourceId, boolean timed, long sinceNanos) {}

    /** From its creation to its end, or to the moment asked about. */
    public long totalNanos() {
        return runningNanos + scheduledNanos + blockedNanos;
    }
}
