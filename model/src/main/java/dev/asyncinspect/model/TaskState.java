package dev.asyncinspect.model;

/**
 * Where a {@link Task} stands in its life.
 *
 * <pre>
 *   PENDING ──► SCHEDULED ──► RUNNING ──► COMPLETED | FAILED | CANCELLED
 *                   ▲            │
 *                   └─ BLOCKED ◄─┘
 * </pre>
 */
public enum TaskState {
    /** Created, never polled. */
    PENDING,
    /** Runnable, waiting for a worker or carrier. */
    SCHEDULED,
    /** On a processor, or runnable on a thread of its own. */
    RUNNING,
    /** Waits: its {@link Wait} says for what. */
    BLOCKED,
    /** Ended normally. */
    COMPLETED,
    /** Ended by a throwable. */
    FAILED,
    /** Ended because somebody no longer wanted it. */
    CANCELLED,
    /** The source does not tell, for example a dump of JDK 21 in JSON form. */
    UNKNOWN;

    /** Whether nothing follows. */
    public boolean isOver() {
        return this == COMPLETED || this == FAILED || this == CANCELLED;
    }
}
