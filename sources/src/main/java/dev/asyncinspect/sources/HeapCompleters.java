package dev.asyncinspect.sources;

import dev.asyncinspect.model.AccessMode;
import dev.asyncinspect.model.Frame;
import dev.asyncinspect.sources.heap.Heap;
import dev.asyncinspect.sources.heap.HeapThread;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who is about to complete the futures of a heap: the thread that computes one, or the workers of the pool where it queues. */
final class HeapCompleters {

    /*
     * | the future                                                    | is completed by                  | sure                 |
     * |---------------------------------------------------------------|----------------------------------|----------------------|
     * | FutureTask with a runner                                      | its runner                       | yes: it alone does   |
     * | FutureTask in the queue of a pool                             | any worker of the pool           | if the pool is full  |
     * | CompletableFuture on the stack of a stage that runs           | that thread                      | no: whoever has it   |
     * | CompletableFuture of a stage in the queue of a pool, and those | any worker of the pool          | no                   |
     * | that hang on it (not: any of several; with a timeout)         |                                  |                      |
     * | either in the queue of an executor that runs it from a pool   | whoever takes from it            | no                   |
     * | value of a Guava cache that is being loaded                   | the thread that loads it         | no                   |
     *
     * A cache whose loader asks for its own key is why the unsure ones count: what such a cache holds can be reached from
     * everywhere, so that reachability alone says nothing, and yet nobody else completes it.
     */

    private static final String JUC = "java.util.concurrent.";
    private static final String FUTURE_TASK = JUC + "FutureTask";
    private static final String FUTURE = HeapStages.FUTURE;
    private static final String GUAVA_LOADING = "com.google.common.cache.LocalCache$LoadingValueReference";
    private static final Set<String> RUN_STAGE =
            Set.of("run", "tryFire", "uniApplyNow", "uniAcceptNow", "uniRunNow", "uniComposeStage");
    private static final Set<String> LOAD = Set.of("loadFuture", "load");

    /**
     * Those of whom one will complete a future.
     *
     * @param threads their thread objects
     * @param mode whether they compute it or may take it from a queue
     * @param doubt who else could do it; null if nobody
     */
    record Completers(
            List<Long> threads, AccessMode mode, @Nullable String doubt) {}

    private final Heap heap;
    private final HeapFullness fullness;
    private final HeapStages stages;
    private final Map<Long, Completers> found = new HashMap<>();

    HeapCompleters(Heap heap, HeapPools pools, HeapQueues queues, HeapLimiters limiters) {
        this.heap = heap;
        stages = new HeapStages(heap);
        fullness = new HeapFullness(heap, pools.foreign());
        Set<Long> living = new HashSet<>();
        for (HeapThread thread : heap.threads()) {
            living.add(thread.objectId());
            onStack(thread);
        }
        pools.workers().forEach((pool, workers) -> {
            if (living.containsAll(workers)) {
                for (long work : queues.of(pool)) {
                    inQueue(queues.futureOf(work), pool, workers);
                }
            }
        });
        limiters.takers().forEach((queue, takers) -> {
            if (living.containsAll(takers)) {
                queues.elements(queue).forEach(work -> inLimiter(queues.futureOf(work), takers));
            }
        });
    }

    /** Who will complete this future, null if nothing says so. */
    @Nullable
    Completers of(long future) {
        long runner = heap.isA(future, FUTURE_TASK) ? heap.reference(future, "runner") : 0;
        return runner == 0 ? found.get(future) : new Completers(List.of(runner), AccessMode.RUNS, null);
    }

    private void onStack(HeapThread thread) {
        for (int depth = 0; depth < thread.frames().size(); depth++) {
            Frame frame = thread.frames().get(depth);
            List<Long> locals = thread.locals().getOrDefault(depth, List.of());
            if (frame.className().startsWith(FUTURE) && RUN_STAGE.contains(frame.method())) {
                locals.stream()
                        .filter(local -> heap.isA(local, FUTURE) && heap.reference(local, "result") == 0)
                        .filter(future -> !stages.hasTimeout(future))
                        .forEach(future -> computes(future, thread));
            } else if (frame.className().equals(GUAVA_LOADING) && LOAD.contains(frame.method())) {
                locals.stream()
                        .filter(local -> heap.isA(local, GUAVA_LOADING))
                        .forEach(value -> computes(heap.reference(value, "futureValue"), thread));
            }
        }
    }

    private void computes(long future, HeapThread thread) {
        found.put(
                future,
                new Completers(
                        List.of(thread.objectId()),
                        AccessMode.RUNS,
                        "that thread computes it, but whoever has it could complete it as well"));
    }

    private void inQueue(long future, long pool, List<Long> workers) {
        String doubt = !heap.isA(future, FUTURE_TASK)
                ? "its work lies in the queue of a pool, but whoever has it could complete it as well"
                : !fullness.isFull(pool, workers.size())
                        ? "its work lies in the queue of a pool that could start more workers"
                        : fullness.isHelped(pool)
                                ? "its work lies in the queue of the common pool, and a thread that joins it may run it itself"
                                : null;
        tell(future, new Completers(new ArrayList<>(workers), AccessMode.WILL_RUN, doubt));
    }

    /** Of a stage also that those which hang on it come no earlier. */
    private void tell(long future, Completers completers) {
        if (!heap.isA(future, FUTURE)) {
            found.putIfAbsent(future, completers);
        } else if (!found.containsKey(future)) {
            stages.withDependents(future).forEach(stage -> found.putIfAbsent(stage, completers));
        }
    }

    private void inLimiter(long future, Set<Long> takers) {
        tell(
                future,
                new Completers(
                        List.copyOf(takers),
                        AccessMode.WILL_RUN,
                        "its work lies in the queue of an executor that runs it from a pool, but something else could take it"
                                + " from there"));
    }
}
