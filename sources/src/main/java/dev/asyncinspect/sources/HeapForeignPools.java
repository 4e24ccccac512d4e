package dev.asyncinspect.sources;

import dev.asyncinspect.model.Frame;
import dev.asyncinspect.sources.heap.Heap;
import dev.asyncinspect.sources.heap.HeapClass;
import dev.asyncinspect.sources.heap.HeapThread;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The pools of a heap that are no class of the JDK: who works there, what lies in their queues, and how many workers they make. */
final class HeapForeignPools {

    /*
     * The same as the reader of the agent knows:
     *
     * | pool                                    | its worker                             | queue                           | makes at most  |
     * |-----------------------------------------|----------------------------------------|---------------------------------|----------------|
     * | Tomcat's own copy of ThreadPoolExecutor | has the pool and the thread            | workQueue                       | its maximum    |
     * | Jetty's QueuedThreadPool                | the Runnable of the thread             | _jobs                           | _maxThreads    |
     * | Kotlin's CoroutineScheduler             | the thread, if it may use a processor  | globalCpuQueue, and the workers' | corePoolSize  |
     * | JBoss's EnhancedQueueExecutor           | the Runnable of the thread             | behind its head                 | see the agent's |
     * | Netty's HashedWheelTimer                | the Runnable of the thread             | see HeapWheels                  | one            |
     *
     * Threads of Jetty that accept or select do so for ever: they take a place in the pool, and nothing from its queue.
     * A factory may have put its own Runnable round that of the pool, as XNIO does; then the worker is on the stack of its thread.
     */

    private static final String TOMCAT = "org.apache.tomcat.util.threads.ThreadPoolExecutor";
    private static final String JETTY = "org.eclipse.jetty.util.thread.QueuedThreadPool";
    private static final String KOTLIN = "kotlinx.coroutines.scheduling.CoroutineScheduler";
    private static final String JBOSS = "org.jboss.threads.EnhancedQueueExecutor";
    private static final int MOST_NODES = 1_000_000;
    private static final String ACCEPTOR = "org.eclipse.jetty.server.AbstractConnector$Acceptor";
    /** A thread of Jetty that waits to be handed work directly: with it the pool is not out of threads. */
    private static final String RESERVED = "org.eclipse.jetty.util.thread.ReservedThreadExecutor$ReservedThread";

    private static final String SELECTOR = "org.eclipse.jetty.io.ManagedSelector";
    /** What an idle worker stands in, beside those of the JDK. */
    static final Set<String> IDLE = Set.of(
            TOMCAT + ".getTask",
            "org.eclipse.jetty.util.BlockingArrayQueue.take",
            RESERVED + ".reservedWait", // Jetty 9 to 11
            RESERVED + ".waitForTask", // Jetty 12
            KOTLIN + "$Worker.tryPark");

    private final Heap heap;
    private final HeapQueues queues;
    private final Map<Long, List<Long>> workersOf = new HashMap<>();
    private final Map<Long, Integer> dedicated = new HashMap<>();

    HeapForeignPools(Heap heap) {
        this.heap = heap;
        queues = new HeapQueues(heap);
        long permitted = heap.staticReference(KOTLIN + "$WorkerState", "CPU_ACQUIRED");
        for (HeapThread thread : heap.threads()) {
            long object = thread.objectId();
            if (heap.isA(object, KOTLIN + "$Worker")) {
                if (permitted != 0 && heap.reference(object, "state") == permitted) {
                    add(heap.reference(object, "this$0"), object);
                }
                continue;
            }
            long task = worker(thread);
            String name = nameOf(task);
            if (!name.startsWith(JETTY)) {
                add(heap.reference(task, "this$0"), object);
            } else {
                long pool = heap.reference(task, "this$0");
                if (isDedicated(thread)) {
                    dedicated.merge(pool, 1, Integer::sum);
                } else {
                    add(pool, object);
                }
            }
        }
    }

    private void add(long pool, long thread) {
        if (pool != 0) {
            workersOf.computeIfAbsent(pool, p -> new ArrayList<>()).add(thread);
        }
    }

    /** Thread objects of the workers by pool. */
    Map<Long, List<Long>> workers() {
        return workersOf;
    }

    /** With how many workers that take from its queue this pool is full; null if it is none of these pools. */
    @Nullable
    Long most(long pool) {
        if (HeapWheels.isWheel(heap, pool)) {
            return 1L;
        }
        if (heap.isA(pool, KOTLIN)) {
            return heap.number(pool, "corePoolSize");
        }
        if (heap.isA(
                pool, JBOSS)) { // it makes a thread rather than put work into its queue, if it does not resist that
            boolean growsFirst = heap.has(pool, "growthResistance") && heap.number(pool, "growthResistance") == 0;
            return growsFirst ? workersOf.getOrDefault(pool, List.of()).size() : Long.MAX_VALUE;
        }
        if (!heap.isA(pool, JETTY)) {
            return null; // Tomcat's has the fields of the JDK's
        }
        return heap.has(pool, "_maxThreads")
                ? heap.number(pool, "_maxThreads") - dedicated.getOrDefault(pool, 0)
                : Long.MAX_VALUE;
    }

    /** The work in the queue of this pool; null if it is none of these pools. */
    @Nullable
    List<Long> works(long pool) {
        if (HeapWheels.isWheel(heap, pool)) {
            return HeapWheels.works(heap, pool);
        }
        if (heap.isA(pool, JETTY)) {
            long jobs = heap.reference(pool, "_jobs");
            return heap.has(jobs, "_elements")
                    ? heap.elements(heap.reference(jobs, "_elements"))
                    : queues.elements(jobs);
        }
        if (heap.isA(pool, JBOSS)) {
            return ofJBoss(pool);
        }
        if (!heap.isA(pool, KOTLIN)) {
            return null;
        }
        List<Long> found = new ArrayList<>(queues.ofKotlin(heap.reference(pool, "globalCpuQueue")));
        for (long worker : workersOf.getOrDefault(pool, List.of())) {
            long own = heap.reference(worker, "localQueue");
            found.addAll(slots(heap.reference(own, "buffer")));
            long last = queues.ofKotlin(own, "lastScheduledTask");
            if (last != 0) {
                found.add(last);
            }
        }
        found.removeIf(element -> nameOf(element).contains("LockFreeTaskQueue") || mayBlock(element));
        return found;
    }

    /** Whether it was dispatched as a task that may block, for which another worker is made. */
    private boolean mayBlock(long task) {
        long context = heap.reference(task, "taskContext"); // a flag from 1.9 on
        return heap.number(task, "taskContext") != 0 || heap.number(context, "taskMode") != 0;
    }

    /** The objects that lead to that work, and to which nothing but the pool leads; null if it is none of these pools. */
    @Nullable
    List<Long> containers(long pool) {
        if (HeapWheels.isWheel(heap, pool)) {
            return HeapWheels.containers(heap, pool);
        }
        if (heap.isA(pool, JETTY)) {
            return List.of(heap.reference(pool, "_jobs"));
        }
        if (heap.isA(pool, JBOSS)) {
            return headsOfJBoss(pool);
        }
        if (!heap.isA(pool, KOTLIN)) {
            return null;
        }
        List<Long> found = new ArrayList<>(List.of(heap.reference(pool, "globalCpuQueue")));
        workersOf.getOrDefault(pool, List.of()).forEach(worker -> found.add(heap.reference(worker, "localQueue")));
        return found;
    }

    /** Its first node, whose own work is done, and its last. */
    private List<Long> headsOfJBoss(long pool) {
        for (String array : List.of("unsharedTaskNodes", "unsharedObjects")) { // the latter in 3.7
            if (heap.has(pool, array)) {
                return heap.elements(heap.reference(pool, array));
            }
        }
        return List.of(heap.reference(pool, "head"), heap.reference(pool, "tail"));
    }

    private List<Long> ofJBoss(long pool) {
        List<Long> longest = List.of();
        for (long head : headsOfJBoss(pool)) {
            List<Long> found = new ArrayList<>();
            long node = heap.reference(head, "next");
            for (int i = 0; i < MOST_NODES && nameOf(node).equals(JBOSS + "$TaskNode"); i++) {
                long work = heap.reference(heap.reference(node, "task"), "delegate");
                if (work != 0) {
                    found.add(work);
                }
                node = heap.reference(node, "next");
            }
            longest = found.size() > longest.size() ? found : longest;
        }
        return longest;
    }

    /** The worker of one of these pools that a platform thread runs, 0 if it runs none. */
    private long worker(HeapThread thread) {
        long task = task(thread.objectId());
        if (isWorker(nameOf(task))) {
            return task;
        }
        for (int depth = 0; depth < thread.frames().size(); depth++) {
            Frame frame = thread.frames().get(depth);
            String name = frame.className();
            if (frame.method().equals("run") && isWorker(name)) {
                for (long local : thread.locals().getOrDefault(depth, List.of())) {
                    if (nameOf(local).equals(name)) {
                        return local;
                    }
                }
            }
        }
        return 0;
    }

    private static boolean isWorker(String name) {
        return HeapWheels.isWorker(name)
                || name.equals(TOMCAT + "$Worker")
                || name.equals(JBOSS + "$ThreadBody")
                || name.startsWith(JETTY + "$");
    }

    /** The Runnable that a platform thread was made with, without what Tomcat puts round it; 0 if it has none. */
    private long task(long thread) {
        long holder = HeapPeople.holder(heap, thread);
        long task = heap.reference(holder, heap.has(holder, "task") ? "task" : "target");
        return heap.has(task, "wrappedRunnable") ? heap.reference(task, "wrappedRunnable") : task;
    }

    private static boolean isDedicated(HeapThread thread) {
        return thread.frames().stream()
                .anyMatch(frame ->
                        frame.className().equals(ACCEPTOR) || frame.className().startsWith(SELECTOR));
    }

    private List<Long> slots(long atomicArray) {
        return new ArrayList<>(heap.elements(heap.reference(atomicArray, "array")));
    }

    private String nameOf(long object) {
        HeapClass type = heap.classOf(object);
        return type == null ? "" : type.name();
    }
}
