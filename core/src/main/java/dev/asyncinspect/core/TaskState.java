package dev.asyncinspect.core;

/** Where a task stands in its life. */
public enum TaskState {
    /** Created, never polled. */
    PENDING,
    /** Runnable, waiting for a worker or carrier. */
    SCHEDULED,
    /** On a processor, or runnable on a thread of its own. */
    RUNNING,
    /** Waits. */
    BLOCKED,
    /** Ended normally. */
    COMPLETED,
    /** Ended by a throwable. */
    FAILED,
    /** Ended because nobody wanted it any longer. */
    CANCELLED;

    /** True if nothing follows. */
    public boolean isOver() {
        return this == COMPLETED || this == FAILED || this == CANCELLED;
    }
}
