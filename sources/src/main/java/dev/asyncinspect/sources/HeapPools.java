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
import org.jspecify.annotations.Nullable;

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
    /** What a {@code java.util.Timer} keeps its tasks in: it stands for the timer, with its thread as the one worker. */
    static final String TIMER = "java.util.TaskQueue";

    private static final String TIMER_THREAD = "java.util.TimerThread";
    private static final String PERIODIC = JUC + "ScheduledThreadPoolExecutor$ScheduledFutureTask";
    private static final Set<String> POOLS = Set.of(EXECUTOR, JUC + "ScheduledThreadPoolExecutor", FORK_JOIN);
    private static final Set<String> ONLY_WAIT = Set.of("awaitTermination", "awaitQuiescence", "runWorker", "close");

    private final Heap heap;
    private final HeapPeople people;
    private final HeapForeignPools foreign;
    private final List<Long> all;
    private final List<Long> scheduled;
    private final List<Long> loops;
    private final Map<Long, List<Long>> workersOf = new LinkedHashMap<>();
    private final Map<Long, List<Long>> timers = new LinkedHashMap<>();

    HeapPools(Heap heap, HeapPeople people) {
        this.heap = heap;
        this.people = people;
        Map<String, List<Long>> found = heap.instancesOf(
                Set.of(EXECUTOR, WORKER, FORK_JOIN, FORK_JOIN_WORKER, PERIODIC, TIMER_THREAD, HeapEventLoops.NETTY));
        for (long worker : found.getOrDefault(WORKER, List.of())) {
            worksIn(heap.reference(worker, "this$0"), heap.reference(worker, "thread"));
        }
        for (long worker : found.getOrDefault(FORK_JOIN_WORKER, List.of())) {
            worksIn(heap.reference(worker, "pool"), worker);
        }
        for (long timer : found.getOrDefault(TIMER_THREAD, List.of())) {
            if (!people.hasEnded(timer)) {
                timers.put(heap.reference(timer, "queue"), List.of(timer));
            }
        }
        foreign = new HeapForeignPools(heap);
        foreign.workers().forEach((pool, workers) -> workers.forEach(worker -> worksIn(pool, worker)));
        all = new ArrayList<>(found.getOrDefault(EXECUTOR, List.of()));
        all.addAll(found.getOrDefault(FORK_JOIN, List.of()));
        scheduled = found.getOrDefault(PERIODIC, List.of());
        loops = found.getOrDefault(HeapEventLoops.NETTY, List.of());
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

    /** Those among them that are no class of the JDK. */
    HeapForeignPools foreign() {
        return foreign;
    }

    /** Thread objects of the workers that have not ended, by pool. */
    Map<Long, List<Long>> workers() {
        return workersOf;
    }

    /** The thread of each timer that has not ended, by what the timer keeps its tasks in. */
    Map<Long, List<Long>> timers() {
        return timers;
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
                pools.add(pool(pool, type.name(), names.get(factories.get(pool)), threads));
            }
        });
        timers.forEach((tasks, thread) -> pools.add(pool(tasks, "java.util.Timer", null, thread)));
        pools.addAll(HeapEventLoops.of(heap, people, loops));
        return pools;
    }

    private WorkPool pool(long pool, String className, @Nullable String factory, List<Long> threads) {
        List<Long> queued = new HeapQueues(heap, foreign).of(pool);
        HeapClass first = queued.isEmpty() ? null : heap.classOf(queued.get(0));
        return new WorkPool(
                className,
                factory,
                threads.stream().map(people::id).toList(),
                (long) queued.size(),
                first == null ? null : readable(first.name()),
                List.of());
    }

    /** {@code shop.Orders$$Lambda/0x1b2c} is a lambda of {@code Orders}: a heap does not tell which. */
    static String readable(String className) {
        int lambda = className.indexOf("$$Lambda");
        String name = lambda < 0 ? className : className.substring(0, lambda);
        String simple = name.substring(name.lastIndexOf('.') + 1);
        return lambda < 0 ? simple : "a lambda of " + simple;
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
