package dev.asyncinspect.model;

/**
 * A task and the context of its thread ({@code MDC}, {@code ThreadContext}, scoped values) did not go together.
 *
 * @param kind what went wrong
 * @param key under which the value is kept; of a scoped value its name, and where it was read. The value itself is never recorded
 * @param taskId the task, which has ended
 * @param otherId {@link Kind#STALE}: the task that left the key there; else who submitted it
 */
public record ContextHop(Kind kind, String key, long taskId, long otherId) {

    /** What can go wrong. */
    public enum Kind {
        /** The key was there where the task was submitted, and never while it ran. */
        LOST,
        /** The key was there while it ran because another task, which had ended, left it there. */
        STALE,
        /** A scoped value was bound where the task was submitted, and not where the task read it. */
        UNBOUND,
        /** Likewise, and the task failed by that. */
        UNBOUND_FAILED
    }
}
