package dev.asyncinspect.sources;

import dev.asyncinspect.model.ThreadAttributes;
import dev.asyncinspect.model.UnstartedWork;
import dev.asyncinspect.sources.heap.Awaited;
import dev.asyncinspect.sources.heap.Heap;
import dev.asyncinspect.sources.heap.StuckThreads;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/** The work of a heap that somebody waits for, that nobody has begun, and that nobody is about to begin. */
final class HeapBacklog {

    /*
     * | the work                                                      | told as                         |
     * |---------------------------------------------------------------|---------------------------------|
     * | lies in the queue of a pool that has no worker                | unstarted, with its pool        |
     * | is what a thread was made to run that was never started       | unstarted, with its thread      |
     * | is a FutureTask that only those know who wait for it          | unstarted                       |
     *
     * A FutureTask tells by itself that it was not begun: NEW, and no runner. The last one was turned away (DiscardPolicy) or
     * given back (shutdownNow), and dropped.
     */

    private static final String JUC = "java.util.concurrent.";
    private static final String FUTURE_TASK = JUC + "FutureTask";
    private static final String FUTURE = JUC + "CompletableFuture";

    private record Left(long future, long poolId, @Nullable String thread, long work) {}

    private final Heap heap;
    private final HeapPeople people;
    private final HeapPools pools;
    private final StuckThreads stuck;
    private final LongUnaryOperator resourceOf;
    private final Set<Long> awaited = new LinkedHashSet<>();
    private final Map<Long, Left> found = new LinkedHashMap<>();

    /**
     * Looks through a heap.
     *
     * @param waits who waits for what
     * @param resourceOf the resource that stands for an object
     */
    HeapBacklog(
            Heap heap,
            HeapPeople people,
            HeapPools pools,
            StuckThreads stuck,
            Collection<Awaited> waits,
            LongUnaryOperator resourceOf) {
        this.heap = heap;
        this.people = people;
        this.pools = pools;
        this.stuck = stuck;
        this.resourceOf = resourceOf;
        for (Awaited wait : waits) {
            if (isFuture(wait.objectId())) {
                awaited.add(wait.objectId());
            }
        }
        if (!awaited.isEmpty()) {
            inQueues();
            ofThreads();
            turnedAway(waits);
        }
    }

    List<UnstartedWork> list() {
        List<Left> left = List.copyOf(found.values());
        Map<Long, String> names = heap.classNames(left.stream().map(Left::work).toList());
        return left.stream()
                .map(l -> new UnstartedWork(resourceOf.applyAsLong(l.future), l.poolId, l.thread, names.get(l.work)))
                .toList();
    }

    private void inQueues() {
        HeapQueues queues = new HeapQueues(heap, pools.foreign());
        for (long pool : pools.withoutWorkers()) {
            for (long work : queues.of(pool)) {
                long future = queues.futureOf(work);
                if (awaited.contains(future)) {
                    tell(future, resourceOf.applyAsLong(pool), null);
                }
            }
        }
    }

    private void ofThreads() {
        List<Long> waiting = new ArrayList<>();
        Map<Long, Long> threads = new HashMap<>();
        for (long thread : heap.instancesOf("java.lang.Thread")) {
            long holder = HeapPeople.holder(heap, thread);
            long work = heap.reference(holder, holder == thread ? "target" : "task");
            if (awaited.contains(work) && isUnbegun(work) && people.isUnstarted(thread)) {
                waiting.add(thread);
                threads.put(work, thread);
            }
        }
        HeapPeople named = new HeapPeople(heap, waiting, List.of());
        threads.forEach((work, thread) -> tell(work, ThreadAttributes.NONE, named.name(thread)));
    }

    private void turnedAway(Collection<Awaited> waits) {
        for (Awaited wait : waits) {
            long future = wait.objectId();
            if (stuck.isStuck(wait.thread().objectId()) && isUnbegun(future) && heap.number(future, "period") == 0) {
                tell(future, ThreadAttributes.NONE, null);
            }
        }
    }

    private void tell(long future, long poolId, @Nullable String thread) {
        found.putIfAbsent(future, new Left(future, poolId, thread, workOf(future)));
    }

    private boolean isFuture(long object) {
        return heap.isA(object, FUTURE_TASK) || heap.isA(object, FUTURE) || heap.isA(object, JUC + "ForkJoinTask");
    }

    private boolean isUnbegun(long object) {
        return heap.isA(object, FUTURE_TASK)
                && heap.number(object, "state") == 0 // NEW
                && heap.reference(object, "runner") == 0;
    }

    /** What was handed over. */
    private long workOf(long future) {
        long callable = heap.reference(future, "callable");
        return heap.isA(callable, JUC + "Executors$RunnableAdapter") ? heap.reference(callable, "task") : callable;
    }
}
