package dev.asyncinspect.model;

/**
 * A task and the logging context of its thread ({@code MDC}, {@code ThreadContext}) did not go together.
 *
 * @param kind what went wrong
 * @param key under which the value is kept; the value itself is never recorded
 * @param taskId the task, which has ended
 * @param otherId {@link Kind#LOST}: who submitted it; {@link Kind#STALE}: the task that left the key there
 */
public record ContextHop(Kind kind, String key, long taskId, long otherId) {

    /** What can go wrong. */
    public enum Kind {
        /** The key was there where the task was submitted, and never while it ran. */
        LOST,
        /** The key was there while it ran because another task, which had ended, left it there. */
        STALE
    }
}
