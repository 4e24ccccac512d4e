package dev.asyncinspect.sources;

import dev.asyncinspect.model.Frame;
import dev.asyncinspect.sources.heap.Heap;
import dev.asyncinspect.sources.heap.HeapThread;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The pools of a heap that have no worker, and that nobody is about to give one. */
final class IdlePools {

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
    private static final Set<String> POOLS = Set.of(EXECUTOR, JUC + "ScheduledThreadPoolExecutor", FORK_JOIN);
    private static final Set<String> ONLY_WAIT = Set.of("awaitTermination", "awaitQuiescence", "runWorker", "close");

    private final Heap heap;
    private final HeapPeople people;

    IdlePools(Heap heap, HeapPeople people) {
        this.heap = heap;
        this.people = people;
    }

    List<Long> list() {
        Map<String, List<Long>> found = heap.instancesOf(Set.of(EXECUTOR, WORKER, FORK_JOIN, FORK_JOIN_WORKER));
        Set<Long> alive = new HashSet<>(inHand());
        for (long worker : found.getOrDefault(WORKER, List.of())) {
            long thread = heap.reference(worker, "thread");
            if (thread != 0 && !people.hasEnded(thread)) {
                alive.add(heap.reference(worker, "this$0"));
            }
        }
        for (long worker : found.getOrDefault(FORK_JOIN_WORKER, List.of())) {
            if (!people.hasEnded(worker)) {
                alive.add(heap.reference(worker, "pool"));
            }
        }
        List<Long> idle = new ArrayList<>(found.getOrDefault(EXECUTOR, List.of()));
        idle.addAll(found.getOrDefault(FORK_JOIN, List.of()));
        idle.removeAll(alive);
        return idle;
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
