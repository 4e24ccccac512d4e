package dev.asyncinspect.sources;

import dev.asyncinspect.model.StackTrace;
import dev.asyncinspect.sources.heap.Awaited;
import dev.asyncinspect.sources.heap.Heap;
import dev.asyncinspect.sources.heap.HeapThread;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which threads of a heap wait for the end of a pool that only they themselves or each other can end. */
final class HeapPoolEnds {

    /*
     *   task of a pool ──awaits──► signal ◄──termination── pool ◄──this$0── worker ◄── the thread of the task
     *
     * A pool has ended when its last worker has. So it is enough that one worker of it waits for ever. Of the workers those are
     * looked at that wait for the end of a pool as well; what else may keep a worker is not asked here.
     *
     * A wait with a timeout ends, in vain, and so keeps nobody: it is told of a pool that its own thread works for, and no more.
     */

    private static final String JUC = "java.util.concurrent.";
    private static final String EXECUTOR = JUC + "ThreadPoolExecutor";
    private static final String WORKER = JUC + "ThreadPoolExecutor$Worker";
    private static final String FORK_JOIN = JUC + "ForkJoinPool";
    private static final String PER_TASK = JUC + "ThreadPerTaskExecutor";
    private static final Set<String> WAIT = Set.of("awaitTermination", "close");

    private final Heap heap;
    /** The pool that each thread waits for, however long it takes, by thread object. */
    private final Map<Long, Long> awaited = new LinkedHashMap<>();
    /** The same with a timeout, of threads that work for the pool themselves. */
    private final Map<Long, Long> awaitedInVain = new HashMap<>();

    private final Map<Long, Set<Long>> poolsOf = new HashMap<>();

    HeapPoolEnds(Heap heap, AwaitSites sites) {
        this.heap = heap;
        List<HeapThread> waiting = new ArrayList<>();
        for (HeapThread thread : heap.threads()) {
            if (waits(thread)) {
                waiting.add(thread);
                poolsOf.put(thread.objectId(), poolsOf(thread));
            }
        }
        Map<Long, Long> poolOfSignal = new HashMap<>();
        poolsOf.values().forEach(pools -> pools.forEach(pool -> poolOfSignal.put(signal(pool), pool)));
        for (HeapThread thread : waiting) {
            Long pool = poolOfSignal.get(heap.reference(thread.objectId(), "parkBlocker"));
            if (pool == null) {
                continue;
            }
            if (sites.waitsForEver(StackTrace.of(thread.frames()))) {
                awaited.put(thread.objectId(), pool);
            } else if (worksFor(thread.objectId(), pool)) {
                awaitedInVain.put(thread.objectId(), pool);
            }
        }
    }

    /** The wait of this thread for the end of the pool it works for, if it has a timeout; null if it waits for something else. */
    @Nullable
    Awaited inVain(HeapThread thread) {
        Long pool = awaitedInVain.get(thread.objectId());
        return pool == null ? null : new Awaited(thread, pool, thread.objectId());
    }

    /** What this thread waits for, however long it takes; null if it is no such end. */
    @Nullable
    Awaited of(HeapThread thread) {
        Long pool = awaited.get(thread.objectId());
        if (pool == null) {
            return null;
        }
        if (worksFor(thread.objectId(), pool)) {
            return new Awaited(thread, pool, thread.objectId());
        }
        for (long other : awaited.keySet()) {
            if (worksFor(other, pool)) {
                return new Awaited(thread, pool, other);
            }
        }
        return null;
    }

    /** Whether this is something for whose end threads can wait that way. */
    static boolean isPool(Heap heap, long object) {
        return heap.isA(object, EXECUTOR) || heap.isA(object, FORK_JOIN) || heap.isA(object, PER_TASK);
    }

    private static boolean waits(HeapThread thread) {
        return thread.frames().stream()
                .takeWhile(frame -> frame.isJdk() || frame.isHidden())
                .anyMatch(frame -> WAIT.contains(frame.method())
                        && Set.of(EXECUTOR, FORK_JOIN, PER_TASK).contains(frame.className()));
    }

    private boolean worksFor(long thread, long pool) {
        return poolsOf.getOrDefault(thread, Set.of()).contains(pool);
    }

    private Set<Long> poolsOf(HeapThread thread) {
        Set<Long> pools = new LinkedHashSet<>();
        long object = thread.objectId();
        if (heap.isA(object, JUC + "ForkJoinWorkerThread")) {
            pools.add(heap.reference(object, "pool"));
        }
        if (heap.isA(heap.reference(object, "container"), PER_TASK)) {
            pools.add(heap.reference(object, "container"));
        }
        thread.locals()
                .values()
                .forEach(locals -> locals.stream()
                        .filter(local -> heap.isA(local, WORKER) && heap.reference(local, "thread") == object)
                        .forEach(worker -> pools.add(heap.reference(worker, "this$0"))));
        pools.remove(0L);
        return pools;
    }

    private long signal(long pool) {
        if (heap.isA(pool, PER_TASK)) {
            return heap.reference(heap.reference(pool, "terminationSignal"), "sync");
        }
        long signal = heap.reference(pool, "termination");
        return heap.isA(signal, JUC + "CountDownLatch") ? heap.reference(signal, "sync") : signal;
    }
}
