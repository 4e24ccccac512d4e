package dev.asyncinspect.model;

/**
 * A stretch of a task's life in one state.
 *
 * @param state where it stood
 * @param fromNanos since when, from the beginning of the recording
 * @param toNanos until when; of a task that is still there, the end of the recording
 * @param threadId thread that ran it, 0 if it did not run or nobody said
 */
public record Segment(TaskState state, long fromNanos, long toNanos, long threadId) {

    public Segment {
        if (toNanos < fromNanos) {
            throw new IllegalArgumentException("a segment ends at " + toNanos + ", before it begins: " + fromNanos);
        }
    }

    /** How long. */
    public long nanos() {
        return toNanos - fromNanos;
    }

    /** How much of it lies before this moment. */
    public long nanosUntil(long moment) {
        return Math.max(0, Math.min(toNanos, moment) - fromNanos);
    }
}
