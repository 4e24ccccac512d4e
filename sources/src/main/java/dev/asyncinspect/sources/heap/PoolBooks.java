package dev.asyncinspect.sources.heap;

import java.util.Map;
import java.util.Set;

/**
 * What pools keep their books in: whoever has these has taken nothing from a pool.
 *
 * @param lists objects that lead to whatever a pool has, given out or not
 * @param samples for each pool what it refers to directly though it may be given out
 */
public record PoolBooks(Set<Long> lists, Map<Long, Set<Long>> samples) {

    /** Of no pool. */
    public static final PoolBooks NONE = new PoolBooks(Set.of(), Map.of());

    public PoolBooks {
        lists = Set.copyOf(lists);
        samples = Map.copyOf(samples);
    }

    /** Whether this reference is one of bookkeeping. */
    public boolean hides(long from, long to) {
        return lists.contains(to)
                || (!samples.isEmpty() && samples.getOrDefault(from, Set.of()).contains(to));
    }
}
