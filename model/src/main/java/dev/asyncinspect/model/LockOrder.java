package dev.asyncinspect.model;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tasks took one lock while they held another.
 *
 * @param firstId lock that they held
 * @param firstMode how they held it
 * @param firstSite where they took it, null if nobody said
 * @param secondId lock that they took next
 * @param secondMode how they took it
 * @param secondSite where, null if nobody said
 * @param gates other locks that they held meanwhile, all of them alone
 * @param takings who did so first, a few at most
 * @param times how often
 */
public record LockOrder(
        long firstId,
        AccessMode firstMode,
        @Nullable CodeSite firstSite,
        long secondId,
        AccessMode secondMode,
        @Nullable CodeSite secondSite,
        Set<Long> gates,
        List<Taking> takings,
        long times) {

    /**
     * When a task did so, be it once or again and again.
     *
     * @param taskId who
     * @param fromNanos when it had taken the first lock the first time, from the beginning of the recording
     * @param toNanos when it had taken the second the last time
     */
    public record Taking(long taskId, long fromNanos, long toNanos) {}

    public LockOrder {
        gates = Set.copyOf(gates);
        takings = List.copyOf(takings);
    }
}
