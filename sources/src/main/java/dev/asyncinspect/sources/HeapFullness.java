package dev.asyncinspect.sources;

import dev.asyncinspect.sources.heap.Heap;
import dev.asyncinspect.sources.heap.HeapClass;
import java.util.Set;

/** Whether the pools of a heap have all the workers that they make while none of those runs. */
final class HeapFullness {

    /*
     * | class              | is full with as many workers as                                                    |
     * |--------------------|------------------------------------------------------------------------------------|
     * | ThreadPoolExecutor | its maximum; its core size (at least one) if its queue has no end                  |
     * | ForkJoinPool       | its parallelism, and none is being made: who waits unnoticed is not stood in for   |
     * | Timer              | one                                                                                |
     *
     * ForkJoinPool keeps its parallelism in a field of that name, on 17 in the low half of mode; bits 32 to 47 of ctl are the
     * number of its workers, on 17 of those beyond its parallelism.
     */

    private static final String JUC = "java.util.concurrent.";
    private static final Set<String> ENDLESS = Set.of(
            JUC + "PriorityBlockingQueue",
            JUC + "LinkedTransferQueue",
            JUC + "ScheduledThreadPoolExecutor$DelayedWorkQueue");
    private static final int HALF = 0xffff;

    private final Heap heap;
    private final HeapForeignPools foreign;
    private final long common;

    HeapFullness(Heap heap, HeapForeignPools foreign) {
        this.heap = heap;
        this.foreign = foreign;
        common = heap.staticReference(JUC + "ForkJoinPool", "common");
    }

    /** Whether it makes no worker beyond these. */
    boolean isFull(long pool, int workers) {
        if (heap.isA(pool, HeapPools.TIMER)) {
            return workers == 1;
        }
        if (heap.isA(pool, JUC + "ForkJoinPool")) {
            long count = (short) (heap.number(pool, "ctl") >>> 32);
            if (!heap.has(pool, "ctl")) {
                return false;
            }
            if (heap.has(pool, "parallelism")) {
                return count >= heap.number(pool, "parallelism") && workers >= count;
            }
            long target = heap.number(pool, "mode") & HALF;
            return heap.has(pool, "mode") && count >= 0 && workers >= target + count;
        }
        Long elsewhere = foreign.most(pool);
        if (elsewhere != null) {
            return workers >= elsewhere;
        }
        if (!heap.has(pool, "maximumPoolSize")) {
            return false;
        }
        long most = heap.number(pool, "maximumPoolSize");
        boolean grows = !isWithoutEnd(heap.reference(pool, "workQueue")) || !heap.has(pool, "corePoolSize");
        return workers >= (grows ? most : Math.min(most, Math.max(1, heap.number(pool, "corePoolSize"))));
    }

    /** Whether threads that are no workers of it may run its work as well. */
    boolean isHelped(long pool) {
        return pool == common;
    }

    private boolean isWithoutEnd(long queue) {
        HeapClass type = heap.classOf(queue);
        return type != null
                && (ENDLESS.contains(type.name())
                        || (type.name().startsWith(JUC + "LinkedBlocking")
                                && heap.number(queue, "capacity") == Integer.MAX_VALUE));
    }
}
