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
 * @param taskIds who did so first, a few at most
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
        List<Long> taskIds,
        long times) {

    public LockOrder {
        gates = Set.copyOf(gates);
        taskIds = List.copyOf(taskIds);
    }
}
