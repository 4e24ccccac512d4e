package dev.asyncinspect.sources.pools;

import java.util.List;
import java.util.Set;

/**
 * A pool of a heap.
 *
 * @param objectId the pool
 * @param nameId the string that is its name, 0 if it has none
 * @param most how many it may have, {@link PooledObject#UNTOLD} if that could not be read
 * @param total how many it has
 * @param taken those that were taken and not given back
 * @param takesBack whether it takes back by itself what is out for too long
 * @param internals what it keeps its books in: they refer to what was taken, and whoever has them has taken nothing
 * @param samples what it refers to itself although it may be given out
 */
public record HeapPool(
        long objectId,
        long nameId,
        long most,
        int total,
        List<PooledObject> taken,
        boolean takesBack,
        Set<Long> internals,
        Set<Long> samples) {

    public HeapPool {
        taken = List.copyOf(taken);
        internals = Set.copyOf(internals);
        samples = Set.copyOf(samples);
    }

    /** One that refers to what it has in its books only. */
    HeapPool(
            long objectId,
            long nameId,
            long most,
            int total,
            List<PooledObject> taken,
            boolean takesBack,
            Set<Long> internals) {
        this(objectId, nameId, most, total, taken, takesBack, internals, Set.of());
    }

    /** Whether it has all that it may have, and all of it is out. */
    public boolean isExhausted() {
        return most > 0 && total >= most && taken.size() == total;
    }
}
