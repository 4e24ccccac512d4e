package dev.asyncinspect.sources.pools;

import dev.asyncinspect.sources.pools.PoolObjects.Missing;
import java.util.List;

/** How one library keeps its pools. */
interface PoolShape {

    /** Whether a thread that waits under this method waits for something of the pool. */
    boolean isBorrow(String className, String method);

    /**
     * Finds and reads the pool.
     *
     * @param locals what that frame refers to
     * @throws Missing if this version of the library keeps its pool in another way
     */
    HeapPool read(PoolObjects objects, List<Long> locals) throws Missing;

    /** The one of these that is of this class. */
    static long local(PoolObjects objects, List<Long> locals, String className) throws Missing {
        for (long local : locals) {
            if (objects.heap().isA(local, className)) {
                return local;
            }
        }
        throw new Missing("a local variable of " + className);
    }
}
