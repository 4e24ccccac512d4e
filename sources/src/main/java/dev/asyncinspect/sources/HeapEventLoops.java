package dev.asyncinspect.sources;

import dev.asyncinspect.model.WorkPool;
import dev.asyncinspect.sources.heap.Heap;
import dev.asyncinspect.sources.heap.HeapClass;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Netty's event loops in a heap, and with them Vert.x's: how many tasks wait in each, and which is the next. */
final class HeapEventLoops {

    /*
     * The queue is one of the JDK, or one of JCTools: linked arrays with two indices that count in twos, see the reader of the
     * agent. The elements of an array are told without its empty slots, so of those only the number is known, not which is next;
     * as long as the array was never full it is the first one.
     */

    static final String NETTY = "io.netty.util.concurrent.SingleThreadEventExecutor";
    private static final String PROMISE = "io.netty.util.concurrent.PromiseTask";

    private HeapEventLoops() {}

    /** These loops, as pools of one worker. */
    static List<WorkPool> of(Heap heap, HeapPeople people, List<Long> loops) {
        List<WorkPool> found = new ArrayList<>();
        HeapQueues queues = new HeapQueues(heap);
        for (long loop : loops) {
            long thread = heap.reference(loop, "thread");
            HeapClass type = heap.classOf(loop);
            if (thread != 0 && type != null && !people.hasEnded(thread)) {
                long queue = heap.reference(loop, "taskQueue");
                List<Long> elements = queues.elements(queue);
                Long size = queues.isQueue(queue) ? Long.valueOf(elements.size()) : linkedSize(heap, queue);
                List<Long> works = queues.isQueue(queue) ? elements : inArray(heap, queue);
                found.add(new WorkPool(
                        type.name(),
                        null,
                        List.of(people.id(thread)),
                        size,
                        works.isEmpty() || size == null || size == 0 ? null : name(heap, works.get(0)),
                        List.of()));
            }
        }
        return found;
    }

    private static @Nullable Long linkedSize(Heap heap, long queue) {
        return heap.has(queue, "producerIndex") && heap.has(queue, "consumerIndex")
                ? (heap.number(queue, "producerIndex") - heap.number(queue, "consumerIndex")) >> 1
                : null;
    }

    /** What lies in the part of a queue of JCTools that is read from. */
    static List<Long> inArray(Heap heap, long queue) {
        long buffer = heap.reference(queue, "consumerBuffer");
        return heap.elements(heap.has(buffer, "array") ? heap.reference(buffer, "array") : buffer);
    }

    private static @Nullable String name(Heap heap, long work) {
        long inside = heap.isA(work, PROMISE) ? heap.reference(work, "task") : work;
        HeapClass type = heap.classOf(inside);
        return type == null ? null : HeapPools.readable(type.name());
    }
}
