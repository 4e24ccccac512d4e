package dev.asyncinspect.sources;

import dev.asyncinspect.sources.heap.Heap;
import dev.asyncinspect.sources.heap.HeapClass;
import java.util.ArrayList;
import java.util.List;

/** Netty's {@code HashedWheelTimer} in a heap, under whatever package it was copied to: a pool of one thread, which runs what is due itself. */
final class HeapWheels {

    /*
     *   timeouts            what was handed in since the last tick (of JCTools: its part that is read from)
     *   wheel ──► buckets   the rest; each bucket has a list: head, next, next, ...
     */

    private static final String NAME = ".HashedWheelTimer";
    private static final int MOST_TIMEOUTS = 1_000_000;
    /** Where its thread waits for the next tick. */
    static final String IDLE = NAME + "$Worker.waitForNextTick";

    private HeapWheels() {}

    static boolean isWorker(String className) {
        return className.endsWith(NAME + "$Worker");
    }

    static boolean isWheel(Heap heap, long object) {
        HeapClass type = heap.classOf(object);
        return type != null && type.name().endsWith(NAME) && heap.has(object, "wheel") && heap.has(object, "timeouts");
    }

    /** What is to be run, due or not. */
    static List<Long> works(Heap heap, long wheel) {
        HeapQueues queues = new HeapQueues(heap);
        long handedIn = heap.reference(wheel, "timeouts");
        List<Long> found = new ArrayList<>(
                queues.isQueue(handedIn) ? queues.elements(handedIn) : HeapEventLoops.inArray(heap, handedIn));
        for (long bucket : heap.elements(heap.reference(wheel, "wheel"))) {
            long timeout = heap.reference(bucket, "head");
            for (int i = 0; timeout != 0 && i < MOST_TIMEOUTS; i++) {
                found.add(timeout);
                timeout = heap.reference(timeout, "next");
            }
        }
        return found;
    }

    /** What leads to it. */
    static List<Long> containers(Heap heap, long wheel) {
        return List.of(heap.reference(wheel, "timeouts"), heap.reference(wheel, "wheel"));
    }
}
