package dev.asyncinspect.sources;

import dev.asyncinspect.sources.heap.Heap;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The queues of a heap that an object leads to in few steps: whoever has the object can be about to take from them. */
final class NearQueues {

    private static final int MOST_OBJECTS = 1_000;

    private final Heap heap;
    private final HeapQueues queues;

    NearQueues(Heap heap, HeapQueues queues) {
        this.heap = heap;
        this.queues = queues;
    }

    /** The queues that are this object, or that it leads to in so many steps; what a pool leads to is left out. */
    Set<Long> of(long object, int hops) {
        Set<Long> found = new HashSet<>();
        Set<Long> seen = new HashSet<>(Set.of(object));
        List<Long> open = new ArrayList<>(List.of(object));
        for (int hop = 0; hop <= hops && !open.isEmpty(); hop++) {
            List<Long> next = new ArrayList<>();
            for (long each : open) {
                if (isQueue(each)) {
                    found.add(each);
                } else if (hop < hops && !isPool(each)) {
                    heap.references(each, reference -> {
                        if (seen.size() < MOST_OBJECTS && seen.add(reference)) {
                            next.add(reference);
                        }
                    });
                }
            }
            open = next;
        }
        return found;
    }

    private boolean isQueue(long object) {
        return queues.isQueue(object)
                || heap.isA(object, "java.util.concurrent.SynchronousQueue")
                || HeapPipes.isPipe(heap, object);
    }

    /** Whether it is a pool of the JDK. */
    boolean isPool(long object) {
        return heap.isA(object, "java.util.concurrent.ThreadPoolExecutor")
                || heap.isA(object, "java.util.concurrent.ForkJoinPool");
    }
}
