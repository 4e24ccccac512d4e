package dev.asyncinspect.agent.jdk;

import dev.asyncinspect.core.rows.Relation;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/** Reads pools, found from their workers: who works there, and what lies in their queues that nobody has started. */
final class PoolReader implements ObjectReader {

    /*
     * | class              | says                                                                                     |
     * |--------------------|------------------------------------------------------------------------------------------|
     * | ThreadPoolExecutor | WORKER, MAX_WORKERS, QUEUED what its queue holds, SIZE                                   |
     * | ForkJoinPool       | WORKER, QUEUED what the arrays of its queues hold. How many workers it would make to     |
     * |                    | stand in for blocked ones is not told: so nothing of it is ever called full              |
     */

    private static final String JUC = "java.util.concurrent.";
    private static final int MOST_QUEUED = 10_000;

    private final Threads threads;
    private final QueueReader queues;
    private final @Nullable Class<?> workerType;
    private final FieldReader poolOfWorker;
    private final FieldReader queue;
    private final FieldReader maximum;
    private final FieldReader forkJoinPool;
    private final FieldReader forkJoinQueues;
    private final FieldReader array;

    PoolReader(JdkDoor door, Threads threads) {
        this.threads = threads;
        queues = new QueueReader(door);
        workerType = door.type(JUC + "ThreadPoolExecutor$Worker");
        poolOfWorker = door.field(JUC + "ThreadPoolExecutor$Worker", "this$0");
        queue = door.field(JUC + "ThreadPoolExecutor", "workQueue");
        maximum = door.field(JUC + "ThreadPoolExecutor", "maximumPoolSize");
        forkJoinPool = door.field(JUC + "ForkJoinWorkerThread", "pool");
        forkJoinQueues = door.field(JUC + "ForkJoinPool", "queues");
        array = door.field(JUC + "ForkJoinPool$WorkQueue", "array");
    }

    /** Tells which of these threads work for which pool; the pools are read later. */
    void workers(List<Thread> all, Sample sample) {
        for (Thread thread : all) {
            Object pool = null;
            if (thread instanceof ForkJoinWorkerThread) {
                pool = forkJoinPool.get(thread);
            } else {
                Object task = threads.task(thread);
                if (task != null && workerType != null && workerType.isInstance(task)) {
                    pool = poolOfWorker.get(task);
                }
            }
            if (pool != null) {
                sample.threadLink(pool, Relation.WORKER, threads.id(thread));
            }
        }
    }

    @Override
    public boolean read(Object object, Sample sample) {
        if (object instanceof ThreadPoolExecutor) {
            sample.number(object, Relation.MAX_WORKERS, maximum.number(object, Integer.MAX_VALUE));
            Object held = queue.get(object);
            List<Object> queued = held == null ? null : queues.elements(held, MOST_QUEUED);
            if (queued == null) {
                sample.notSeen(
                        "the queue of " + object.getClass().getName(),
                        "it is a "
                                + (held == null
                                        ? "queue we cannot read"
                                        : held.getClass().getName()));
            } else {
                queued(object, queued, sample);
            }
        } else if (object instanceof ForkJoinPool) {
            forkJoin(object, sample);
        } else {
            return false;
        }
        return true;
    }

    private void forkJoin(Object pool, Sample sample) {
        if (forkJoinQueues.get(pool) instanceof Object[] all) {
            for (Object workQueue : all) {
                if (workQueue != null && array.get(workQueue) instanceof Object[] slots) {
                    queued(pool, QueueReader.nonNull(slots, MOST_QUEUED), sample);
                }
            }
        }
    }

    private static void queued(Object pool, List<Object> tasks, Sample sample) {
        sample.number(pool, Relation.SIZE, tasks.size());
        tasks.forEach(task -> sample.link(pool, Relation.QUEUED, task));
    }
}
