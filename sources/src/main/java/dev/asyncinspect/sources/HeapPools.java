package dev.asyncinspect.sources;

import dev.asyncinspect.model.Frame;
import dev.asyncinspect.model.WorkPool;
import dev.asyncinspect.sources.heap.Heap;
import dev.asyncinspect.sources.heap.HeapClass;
import dev.asyncinspect.sources.heap.HeapThread;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The pools of a heap: who works there, and which have no worker and nobody who is about to give them one. */
final class HeapPools {

    /*
     * A pool makes workers while it is handed work, and when a worker ends. Between those moments nothing does: a queue that
     * is not empty then stays as it is. It comes to that
     *
     *   - if the thread factory gave no thread, or could not start it (no memory, no more processes);
     *   - if the threads that it gave have ended without asking for work, because they do not run what they were given;
     *   - if work was put into the queue past the pool, or the pool was shut down in between.
     *
     * A pool that is in the hands of a thread, in one of its methods that may start workers, is left out.
     */

    private static final String JUC = "java.util.concurrent.";
    private static final String EXECUTOR = JUC + "ThreadPoolExecutor";
    private static final String WORKER = JUC + "ThreadPoolExecutor$Worker";
    private static final String FORK_JOIN = JUC + "ForkJoinPool";
    private static final String FORK_JOIN_WORKER = JUC + "ForkJoinWorkerThread";
    private static final String PERIODIC = JUC + "ScheduledThreadPoolExecutor$ScheduledFutureTask";
    private static final Set<String> POOLS = Set.of(EXECUTOR, JUC + "ScheduledThreadPoolExecutor", FORK_JOIN);
    private static final Set<String> ONLY_WAIT = Set.of("awaitTermination", "awaitQuiescence", "runWorker", "close");

    private final Heap heap;
    private final HeapPeople people;
    private final List<Long> all;
    private final List<Long> scheduled;
    private final Map<Long, List<Long>> workersOf = new LinkedHashMap<>();

    HeapPools(Heap heap, HeapPeople people) {
        this.heap = heap;
        this.people = people;
        Map<String, List<Long>> found =
                heap.instancesOf(Set.of(EXECUTOR, WORKER, FORK_JOIN, FORK_JOIN_WORKER, PERIODIC));
        for (long worker : found.getOrDefault(WORKER, List.of())) {
            worksIn(heap.reference(worker, "this$0"), heap.reference(worker, "thread"));
        }
        for (long worker : found.getOrDefault(FORK_JOIN_WORKER, List.of())) {
            worksIn(heap.reference(worker, "pool"), worker);
        }
        all = new ArrayList<>(found.getOrDefault(EXECUTOR, List.of()));
        all.addAll(found.getOrDefault(FORK_JOIN, List.of()));
        scheduled = found.getOrDefault(PERIODIC, List.of());
    }

    private void worksIn(long pool, long thread) {
        if (thread != 0 && !people.hasEnded(thread)) {
            workersOf.computeIfAbsent(pool, p -> new ArrayList<>()).add(thread);
        }
    }

    /** The tasks that were handed to schedulers and that somebody still has, whatever became of them. */
    List<Long> scheduled() {
        return scheduled;
    }

    /** Thread objects of the workers that have not ended, by pool. */
    Map<Long, List<Long>> workers() {
        return workersOf;
    }

    /** Those that have workers. */
    List<WorkPool> withWorkers() {
        Map<Long, Long> factories = new HashMap<>();
        workersOf
                .keySet()
                .forEach(pool -> factories.put(
                        pool, heap.reference(pool, heap.has(pool, "factory") ? "factory" : "threadFactory")));
        Map<Long, String> names = heap.classNames(factories.values());
        List<WorkPool> pools = new ArrayList<>();
        workersOf.forEach((pool, threads) -> {
            HeapClass type = heap.classOf(pool);
            if (type != null) {
                List<Long> ids = threads.stream().map(people::id).toList();
                pools.add(new WorkPool(type.name(), names.get(factories.get(pool)), ids));
            }
        });
        return pools;
    }

    /** Those that have no worker, and that nobody has in hand who might make one. */
    List<Long> withoutWorkers() {
        Set<Long> inHand = inHand();
        return all.stream()
                .filter(pool -> !workersOf.containsKey(pool) && !inHand.contains(pool))
                .toList();
    }

    /** What threads have in hand who stand in a method of a pool that may start a worker. */
    private Set<Long> inHand() {
        Set<Long> held = new HashSet<>();
        for (HeapThread thread : heap.threads()) {
            for (int depth = 0; depth < thread.frames().size(); depth++) {
                Frame frame = thread.frames().get(depth);
                if (POOLS.contains(frame.className()) && !ONLY_WAIT.contains(frame.method())) {
                    held.addAll(thread.locals().getOrDefault(depth, List.of()));
                }
            }
        }
        return held;
    }
}
