package dev.asyncinspect.sources;

import dev.asyncinspect.sources.heap.Heap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the queues of pools hold, and other queues of the JDK, read in a heap. */
final class HeapQueues {

    private static final String JUC = "java.util.concurrent.";
    private static final int MOST = 1_000_000;

    /** The field that leads to the first node of a linked queue. */
    private static final Map<String, String> LINKED = Map.of(
            JUC + "LinkedBlockingQueue",
            "head",
            JUC + "LinkedBlockingDeque",
            "first",
            JUC + "LinkedTransferQueue",
            "head",
            JUC + "ConcurrentLinkedQueue",
            "head",
            JUC + "ConcurrentLinkedDeque",
            "head",
            "java.util.LinkedList",
            "first");

    /** The field with the array of another queue. */
    private static final Map<String, String> IN_ARRAY = Map.of(
            JUC + "ArrayBlockingQueue",
            "items",
            JUC + "PriorityBlockingQueue",
            "queue",
            "java.util.ArrayDeque",
            "elements",
            "java.util.PriorityQueue",
            "queue",
            JUC + "ScheduledThreadPoolExecutor$DelayedWorkQueue",
            "queue");

    /** Kotlin's, of a limited view of a dispatcher: {@code limitedParallelism}, {@code Dispatchers.IO}. */
    private static final String KOTLIN = "kotlinx.coroutines.internal.LockFreeTaskQueue";

    private final Heap heap;
    private final @Nullable HeapForeignPools foreign;

    /** Of single queues, whatever they belong to. */
    HeapQueues(Heap heap) {
        this(heap, null);
    }

    /** Of pools as well, also of those that are no class of the JDK. */
    HeapQueues(Heap heap, @Nullable HeapForeignPools foreign) {
        this.heap = heap;
        this.foreign = foreign;
    }

    /** The work in the queue of this pool or timer that nobody has begun; none if it is a queue that we cannot read. */
    List<Long> of(long pool) {
        if (heap.isA(pool, HeapPools.TIMER)) {
            return heap.elements(heap.reference(pool, "queue"));
        }
        List<Long> works = foreign == null ? null : foreign.works(pool);
        if (works != null) {
            return works;
        }
        return heap.isA(pool, JUC + "ForkJoinPool") ? forkJoin(pool) : elements(heap.reference(pool, "workQueue"));
    }

    /** Whether this is a queue that we can read. */
    boolean isQueue(long object) {
        return heap.isA(object, KOTLIN)
                || Stream.of(IN_ARRAY, LINKED)
                        .flatMap(kinds -> kinds.keySet().stream())
                        .anyMatch(kind -> heap.isA(object, kind));
    }

    /** What is done when this work is. */
    long futureOf(long work) {
        long stage = heap.reference(work, "dep"); // of an AsyncSupply, or of a stage that was triggered
        if (heap.isA(stage, JUC + "CompletableFuture")) {
            return stage;
        }
        long inside =
                heap.isA(work, JUC + "ForkJoinTask") ? heap.reference(work, "runnable") : 0; // handed to a ForkJoinPool
        return heap.isA(inside, JUC + "FutureTask") ? inside : work;
    }

    /** The objects that lead to the work of this pool, and to which nothing but the pool leads. */
    List<Long> containers(long pool) {
        if (heap.isA(pool, HeapPools.TIMER)) {
            return List.of(heap.reference(pool, "queue"));
        }
        List<Long> others = foreign == null ? null : foreign.containers(pool);
        if (others != null) {
            return others;
        }
        if (!heap.isA(pool, JUC + "ForkJoinPool")) {
            return List.of(heap.reference(pool, "workQueue"));
        }
        List<Long> found = new ArrayList<>();
        for (long queue : heap.elements(heap.reference(pool, "queues"))) {
            found.add(heap.reference(queue, "array"));
        }
        return found;
    }

    private List<Long> forkJoin(long pool) {
        List<Long> found = new ArrayList<>();
        for (long queue : heap.elements(heap.reference(pool, "queues"))) {
            found.addAll(heap.elements(heap.reference(queue, "array")));
        }
        return found;
    }

    /** What this queue holds; nothing if it is none that we can read. */
    List<Long> elements(long queue) {
        if (heap.isA(queue, KOTLIN)) {
            return ofKotlin(queue);
        }
        for (Map.Entry<String, String> kind : IN_ARRAY.entrySet()) {
            if (heap.isA(queue, kind.getKey())) {
                return heap.elements(heap.reference(queue, kind.getValue()));
            }
        }
        for (Map.Entry<String, String> kind : LINKED.entrySet()) {
            if (heap.isA(queue, kind.getKey())) {
                return linked(heap.reference(queue, kind.getValue()));
            }
        }
        return List.of();
    }

    /** What lies in the array of the part that is written to; an older part is empty but for moments. */
    List<Long> ofKotlin(long queue) {
        long current = ofKotlin(queue, "_cur");
        return heap.elements(heap.reference(heap.reference(current, "array"), "array"));
    }

    /** What an atomic field refers to, which Kotlin's compiler gives another name from one version on. */
    long ofKotlin(long object, String name) {
        return heap.has(object, name + "$volatile")
                ? heap.reference(object, name + "$volatile")
                : heap.reference(object, name);
    }

    private List<Long> linked(long first) {
        List<Long> found = new ArrayList<>();
        long node = first;
        for (int steps = 0; node != 0 && steps < MOST; steps++) {
            long item = heap.reference(node, "item");
            if (item != 0) {
                found.add(item);
            }
            long next = heap.reference(node, "next");
            node = next == node ? 0 : next; // one that was taken out points to itself
        }
        return found;
    }
}
