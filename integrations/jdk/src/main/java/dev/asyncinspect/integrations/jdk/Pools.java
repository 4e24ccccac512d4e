package dev.asyncinspect.integrations.jdk;

import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.core.recorder.Recorder;
import dev.asyncinspect.integrations.jdk.TaskTable.Entry;
import java.lang.invoke.VarHandle;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.PriorityBlockingQueue;
import org.jspecify.annotations.Nullable;

/** Tells which pool of the JDK is to run a task, and how many workers that can have while work lies in its queue. */
final class Pools {

    /*
     * A pool makes workers up to its core size, then fills its queue, then makes the rest up to its maximum. So while something lies in a
     * queue without an end, there are no more than its core size, and one if that is 0. Of a queue of which we do not know that
     * it has no end, the maximum is told: then a pool never looks fuller than it is.
     *
     * A ForkJoinPool works at as many tasks as its parallelism, and makes a worker more for each that waits in a way that tells the pool (a join
     * of its tasks, of a CompletableFuture, a managed blocker). What is told is its parallelism, and with each task that it does so.
     *
     * The sizes can be set while it works, so they are compared with what was told last each time; they are read as fields, because a
     * subclass of the program may have methods of its own in the way. Of two threads that find a new size at once both tell it.
     */

    private static final String POOL = "java.util.concurrent.ThreadPoolExecutor";
    private static final @Nullable VarHandle CORE = Insides.field(POOL, "corePoolSize");
    private static final @Nullable VarHandle MOST = Insides.field(POOL, "maximumPoolSize");
    private static final @Nullable VarHandle QUEUE = Insides.field(POOL, "workQueue");
    private static final String FORK_JOIN = "java.util.concurrent.ForkJoinPool";
    private static final @Nullable VarHandle PARALLELISM = Insides.field(FORK_JOIN, "parallelism");
    /** JDK 17: its lowest 16 bits. */
    private static final @Nullable VarHandle MODE = Insides.field(FORK_JOIN, "mode");

    private static final int PARALLELISM_BITS = 0xFFFF;
    private static final @Nullable Class<?> DELAYED =
            Insides.type("java.util.concurrent.ScheduledThreadPoolExecutor$DelayedWorkQueue");
    private static final int WITHOUT_END = Integer.MAX_VALUE / 2;

    private final Recorder recorder;
    private final TaskTable numbers;
    private final int standsIn;

    /**
     * All pools.
     *
     * @param numbers where what has a number is kept
     */
    Pools(Recorder recorder, TaskTable numbers) {
        this.recorder = recorder;
        this.numbers = numbers;
        standsIn = recorder.symbol("stands in for who joins");
    }

    /** The task is in the hands of the pool, in its queue or with one of its workers. */
    void run(Entry task, Object pool) {
        int workers = workers(pool);
        if (workers >= 0) {
            tell(task, pool, workers, 0);
        }
    }

    /** The same of a {@code ForkJoinPool}. */
    void fork(Entry task, Object pool) {
        VarHandle size = PARALLELISM == null ? MODE : PARALLELISM;
        if (size != null) {
            tell(task, pool, (int) size.getVolatile(pool) & PARALLELISM_BITS, standsIn);
        }
    }

    /** The sizes of a pool were set; not told of one that no task was handed to. */
    void resized(Object pool) {
        Entry known = numbers.any(pool);
        int workers = workers(pool);
        if (known != null && workers >= 0) {
            size(recorder.now(), known, pool, workers);
        }
    }

    private void tell(Entry task, Object pool, int workers, int how) {
        long now = recorder.now();
        Entry known = numbers.any(pool);
        if (known == null) {
            Entry added = new Entry(pool, recorder.newResourceId());
            if (!numbers.add(added, pool)) {
                return;
            }
            Entry first = numbers.any(pool);
            known = first == null ? added : first;
        }
        size(now, known, pool, workers);
        recorder.linked(now, task.taskId, EventCodes.RUN_BY, how, known.taskId);
    }

    private void size(long now, Entry known, Object pool, int workers) {
        if (known.kind != workers) {
            known.kind = workers;
            String type = pool.getClass().getName();
            int name = recorder.symbol(type.substring(type.lastIndexOf('.') + 1));
            recorder.resource(now, EventCodes.POOL, workers, name, known.taskId);
        }
    }

    /** The workers of a {@code ThreadPoolExecutor}, -1 if this JDK keeps them elsewhere. */
    private static int workers(Object pool) {
        return CORE == null || MOST == null || QUEUE == null
                ? -1
                : workers((int) CORE.getVolatile(pool), (int) MOST.getVolatile(pool), QUEUE.get(pool));
    }

    private static int workers(int core, int most, @Nullable Object queue) {
        return queue != null && isWithoutEnd(queue) ? Math.max(1, core) : Math.max(1, most);
    }

    private static boolean isWithoutEnd(Object queue) {
        Class<?> type = queue.getClass();
        return type == DELAYED
                || type == PriorityBlockingQueue.class
                || type == LinkedTransferQueue.class
                || (type == LinkedBlockingQueue.class
                        && ((LinkedBlockingQueue<?>) queue).remainingCapacity() > WITHOUT_END);
    }
}
