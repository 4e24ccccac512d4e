package dev.asyncinspect.agent.jdk;

import dev.asyncinspect.core.rows.Relation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/** Reads pools, found from their workers: who works there, and what lies in their queues that nobody has started. */
final class PoolReader implements ObjectReader {

    /*
     * | class              | says                                                                                     |
     * |--------------------|------------------------------------------------------------------------------------------|
     * | ThreadPoolExecutor | WORKER, MAX_WORKERS, QUEUED what its queue holds, SIZE                                   |
     * | ForkJoinPool       | WORKER; the rest tells ForkJoinReader                                                    |
     *
     * A ThreadPoolExecutor goes beyond its core size only when its queue is full: with a queue without end never.
     */

    private static final String JUC = "java.util.concurrent.";
    private static final int MOST_QUEUED = 10_000;
    private static final Set<String> ENDLESS = Set.of(
            JUC + "PriorityBlockingQueue",
            JUC + "LinkedTransferQueue",
            JUC + "ScheduledThreadPoolExecutor$DelayedWorkQueue");

    private final Threads threads;
    private final ObjectFields fields;
    private final QueueReader queues;
    private final TerminationReader termination;
    private final RoomReader rooms;
    private final @Nullable Class<?> workerType;
    private final FieldReader poolOfWorker;
    private final FieldReader queue;
    private final FieldReader core;
    private final FieldReader maximum;
    private final Map<String, FieldReader> capacities;
    private final FieldReader forkJoinPool;

    PoolReader(JdkDoor door, Threads threads, ObjectFields fields, TerminationReader termination, RoomReader rooms) {
        this.termination = termination;
        this.rooms = rooms;
        this.threads = threads;
        this.fields = fields;
        queues = new QueueReader(door);
        workerType = door.type(JUC + "ThreadPoolExecutor$Worker");
        poolOfWorker = door.field(JUC + "ThreadPoolExecutor$Worker", "this$0");
        queue = door.field(JUC + "ThreadPoolExecutor", "workQueue");
        core = door.field(JUC + "ThreadPoolExecutor", "corePoolSize");
        maximum = door.field(JUC + "ThreadPoolExecutor", "maximumPoolSize");
        capacities = Map.of(
                JUC + "LinkedBlockingQueue", door.field(JUC + "LinkedBlockingQueue", "capacity"),
                JUC + "LinkedBlockingDeque", door.field(JUC + "LinkedBlockingDeque", "capacity"));
        forkJoinPool = door.field(JUC + "ForkJoinWorkerThread", "pool");
    }

    /** Tells which of these threads work for which pool; the pools are read later. */
    void workers(List<Thread> all, Sample sample) {
        for (Thread thread : all) {
            Object pool = null;
            if (thread instanceof ForkJoinWorkerThread) {
                pool = forkJoinPool.get(thread);
            } else {
                Object task = threads.task(thread);
                Object worker = threads.isVirtual(thread) ? asWorker(task) : workerIn(task);
                pool = worker == null ? null : poolOfWorker.get(worker);
            }
            if (pool != null) {
                sample.worker(pool, thread, threads.id(thread));
            }
        }
    }

    private @Nullable Object asWorker(@Nullable Object task) {
        return workerType != null && workerType.isInstance(task) ? task : null;
    }

    /**
     * The worker that a platform thread runs, also if its factory has put it into a wrapper, as those of Netty do. Virtual threads are
     * many, and seldom workers of pools: there a wrapper is not looked into.
     */
    private @Nullable Object workerIn(@Nullable Object task) {
        Object worker = asWorker(task);
        if (task == null || worker != null) {
            return worker;
        }
        Object[] found = new Object[1];
        fields.references(task, part -> found[0] = asWorker(part) == null ? found[0] : part);
        return found[0];
    }

    @Override
    public boolean read(Object object, Sample sample) {
        if (object instanceof ThreadPoolExecutor) {
            termination.read(object, sample);
            Object held = queue.get(object);
            sample.number(object, Relation.MAX_WORKERS, mostWorkers(object, held));
            rooms.ofPool(object, held, sample);
            List<Object> queued = held == null ? null : queues.elements(held, MOST_QUEUED);
            if (queued == null) {
                sample.notSeen(
                        "the queue of " + object.getClass().getName(),
                        "it is a "
                                + (held == null
                                        ? "queue we cannot read"
                                        : held.getClass().getName()));
            } else {
                sample.queued(object, queued);
            }
            return true;
        }
        return false;
    }

    private long mostWorkers(Object pool, @Nullable Object held) {
        long most = maximum.number(pool, Integer.MAX_VALUE);
        return held != null && isWithoutEnd(held) ? Math.min(most, Math.max(1, core.number(pool, most))) : most;
    }

    private boolean isWithoutEnd(Object held) {
        String name = held.getClass().getName();
        FieldReader capacity = capacities.get(name);
        return ENDLESS.contains(name) || (capacity != null && capacity.number(held, 0) == Integer.MAX_VALUE);
    }
}
