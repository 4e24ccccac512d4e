package dev.asyncinspect.sources;

import dev.asyncinspect.model.Frame;
import dev.asyncinspect.sources.heap.Awaited;
import dev.asyncinspect.sources.heap.Backlog;
import dev.asyncinspect.sources.heap.Heap;
import dev.asyncinspect.sources.heap.HeapClass;
import dev.asyncinspect.sources.heap.HeapThread;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The pools, timers and other executors of a heap that are full, and of which every worker waits inside a piece of work. */
final class FullPools {

    /*
     * A worker that waits for its next piece of work waits too, so it is looked at where a worker stands. The carriers of virtual
     * threads are workers of a pool like any other, and wait in it for what their virtual threads wait for: they are left out.
     */

    private static final String HELPED =
            "its work lies in the queue of the common pool, and a thread that joins it may run it itself";
    private static final String OPEN =
            "its work lies in the queue of an executor of the program's own making, and something else could take it from there";
    private static final String JUC = "java.util.concurrent.";
    private static final String CARRIER = "jdk.internal.misc.CarrierThread";
    private static final String TIMER_THREAD = "java.util.TimerThread";
    private static final Set<String> IDLE = Set.of(JUC + "ThreadPoolExecutor.getTask", JUC + "ForkJoinPool.awaitWork");

    /**
     * One of them.
     *
     * @param workers thread objects
     * @param doubt why others than its workers may run its work as well; null if they cannot
     * @param backlogs what leads to the work in its queue
     * @param works the work in its queue, at least one piece
     */
    record Full(List<Long> workers, @Nullable String doubt, List<Backlog> backlogs, List<Long> works) {}

    private FullPools() {}

    /**
     * All of them.
     *
     * @param waits who waits, without a timeout
     */
    static List<Full> in(
            Heap heap, HeapPools pools, HeapLimiters limiters, HeapQueues queues, Collection<Awaited> waits) {
        Map<Long, HeapThread> waiting = new HashMap<>();
        waits.forEach(wait -> waiting.put(wait.thread().objectId(), wait.thread()));
        HeapFullness fullness = new HeapFullness(heap, pools.foreign());
        Map<Long, List<Long>> all = new HashMap<>(pools.workers());
        all.putAll(pools.timers());
        List<Full> found = new ArrayList<>();
        all.forEach((pool, workers) -> {
            if (allWait(heap, workers, waiting) && fullness.isFull(pool, workers.size())) {
                String doubt = fullness.isHelped(pool) ? HELPED : null;
                full(workers, doubt, queues.containers(pool), queues.of(pool)).ifPresent(found::add);
            }
        });
        limiters.takers().forEach((queue, takers) -> {
            if (allWait(heap, takers, waiting)) {
                full(takers, OPEN, List.of(queue), queues.elements(queue)).ifPresent(found::add);
            }
        });
        return found;
    }

    private static Optional<Full> full(
            Collection<Long> workers, @Nullable String doubt, List<Long> containers, List<Long> works) {
        List<Backlog> backlogs = containers.stream()
                .map(container -> new Backlog(container, new HashSet<>(workers)))
                .toList();
        return works.isEmpty() ? Optional.empty() : Optional.of(new Full(List.copyOf(workers), doubt, backlogs, works));
    }

    /**
     * Whether all of them wait inside a piece of work.
     *
     * @param workers thread objects
     * @param waiting who waits, by thread object
     */
    static boolean allWait(Heap heap, Collection<Long> workers, Map<Long, HeapThread> waiting) {
        return workers.stream().allMatch(worker -> {
            HeapThread thread = waiting.get(worker);
            return thread != null && !isIdle(thread) && !isCarrier(heap, worker);
        });
    }

    private static boolean isCarrier(Heap heap, long thread) {
        HeapClass type = heap.classOf(thread);
        return type == null || type.isA(CARRIER);
    }

    private static boolean isIdle(HeapThread worker) {
        String outside = "";
        for (Frame frame : worker.frames()) {
            String method = frame.className() + "." + frame.method();
            if (IDLE.contains(method) || HeapForeignPools.IDLE.contains(method)) {
                return true;
            }
            if (method.equals(TIMER_THREAD + ".mainLoop")) {
                return outside.startsWith("java.lang.Object.");
            }
            outside = method;
        }
        return false;
    }
}
