package dev.asyncinspect.model;

import org.jspecify.annotations.Nullable;

/**
 * What the JVM itself says about the thread behind a task.
 *
 * @param threadId {@code Thread.threadId()}, {@link #NONE} if not told
 * @param nativeId the operating system's thread id, {@link #NONE} if there is none
 * @param state name of the {@code Thread.State}, null if not told
 * @param daemon whether the JVM may exit while it lives
 * @param cpuNanos processor time since its start in nanoseconds, {@link #NONE} if not told
 * @param elapsedNanos time since its start in nanoseconds, {@link #NONE} if not told
 * @param container the thread container (executor, scope) it belongs to, null if not told
 * @param carrierId task id of the carrier it is mounted on, {@link #NONE} if it is not mounted or not virtual
 */
public record ThreadAttributes(
        long threadId,
        long nativeId,
        @Nullable String state,
        boolean daemon,
        long cpuNanos,
        long elapsedNanos,
        @Nullable String container,
        long carrierId) {

    /** Stands for a number that the source does not tell. */
    public static final long NONE = -1;

    /** Nothing known but the id. */
    public static ThreadAttributes ofId(long threadId) {
        return new ThreadAttributes(threadId, NONE, null, false, NONE, NONE, null, NONE);
    }
}
