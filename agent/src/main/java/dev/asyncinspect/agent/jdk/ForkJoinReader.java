package dev.asyncinspect.agent.jdk;

import dev.asyncinspect.core.rows.Relation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** Reads fork-join pools and the tasks in their queues: how many workers there can be, and what nobody has started. */
final class ForkJoinReader implements ObjectReader {

    /*
     * A pool makes a worker for two reasons: work comes while it has fewer workers than its parallelism, or a worker is about
     * to wait in a way that tells the pool (a join, a managed blocker) and the most is not reached. Who waits by other means
     * (a lock, a latch, a FutureTask) is not stood in for. So once there are as many workers as its parallelism and all wait,
     * no worker comes: the first reason is gone, and for the second somebody would have to run.
     *
     * | class        | says                                                                                            |
     * |--------------|-------------------------------------------------------------------------------------------------|
     * | ForkJoinPool | PARALLELISM, WORKERS, MAX_WORKERS with those that stand in, QUEUED, SIZE, HELPED the common one |
     * | ForkJoinTask | DONE, EPISODE its wait nodes, RUNNER (some), USER_METHOD, COMPLETES the future inside           |
     *
     * The most is kept as the number of spares, in 16 bits of one field or another:
     *
     *   17  bounds (int)   spares << 16 | …        21  bounds (long)  … | spares << 16 | …        25  config (long)  … | spares << 32 | …
     */

    private static final String POOL = "java.util.concurrent.ForkJoinPool";
    /** A fork-join task by its class only: a thread waits by it, and it runs nothing. */
    private static final String SIGNALLER = "java.util.concurrent.CompletableFuture$Signaller";

    private static final String TASK = "java.util.concurrent.ForkJoinTask";
    private static final int MOST_QUEUED = 10_000;
    private static final int MOST_NODES = 10_000;

    private final Threads threads;
    private final UserMethods methods;
    private final TerminationReader termination;
    private final FieldReader queues;
    private final FieldReader array;
    private final FieldReader bounds;
    private final FieldReader config;
    private final @Nullable MethodHandle poolSize;
    private final @Nullable MethodHandle parallelism;
    private final FieldReader status;
    private final FieldReader waiters;
    private final FieldReader waitingThread;
    private final FieldReader nextWaiter;
    private final Map<String, FieldReader> adapted = new LinkedHashMap<>();
    private final Map<String, FieldReader> runners = new LinkedHashMap<>();

    ForkJoinReader(JdkDoor door, Threads threads, UserMethods methods, TerminationReader termination) {
        this.threads = threads;
        this.termination = termination;
        this.methods = methods;
        queues = door.field(POOL, "queues");
        array = door.field(POOL + "$WorkQueue", "array");
        bounds = door.fieldIfAny(POOL, "bounds");
        config = door.fieldIfAny(POOL, "config");
        MethodType number = MethodType.methodType(int.class);
        poolSize = door.ownMethod(ForkJoinPool.class, "getPoolSize", number);
        parallelism = door.ownMethod(ForkJoinPool.class, "getParallelism", number);
        status = door.field(TASK, "status");
        waiters = door.field(TASK, "aux");
        waitingThread = door.field(TASK + "$Aux", "thread");
        nextWaiter = door.field(TASK + "$Aux", "next");
        adapted(door, "runnable", "AdaptedRunnable", "AdaptedRunnableAction", "RunnableExecuteAction");
        adapted(door, "runnable", "AdaptedInterruptibleRunnable");
        adapted(door, "callable", "AdaptedCallable", "AdaptedInterruptibleCallable");
        FieldReader shared = door.fieldIfAny(TASK + "$InterruptibleTask", "runner");
        for (String name : adapted.keySet()) {
            FieldReader own = door.fieldIfAny(name, "runner");
            runners.put(name, own.exists() ? own : shared);
        }
    }

    private void adapted(JdkDoor door, String field, String... names) {
        for (String name : names) {
            FieldReader inner = door.fieldIfAny(TASK + "$" + name, field);
            if (inner.exists()) {
                adapted.put(TASK + "$" + name, inner);
            }
        }
    }

    @Override
    public boolean read(Object object, Sample sample) {
        if (object instanceof ForkJoinPool) {
            pool(object, sample);
        } else if (object instanceof ForkJoinTask<?>) {
            task(object, sample);
        } else {
            return false;
        }
        return true;
    }

    private void pool(Object pool, Sample sample) {
        termination.read(pool, sample);
        List<Object> queued = new ArrayList<>();
        if (queues.get(pool) instanceof Object[] all) {
            for (Object queue : all) {
                if (queue != null && array.get(queue) instanceof Object[] slots) {
                    queued.addAll(QueueReader.nonNull(slots, MOST_QUEUED - queued.size()));
                }
            }
        }
        sample.queued(pool, queued);
        long target = count(parallelism, pool);
        long has = count(poolSize, pool);
        if (target >= 0 && has >= 0) {
            sample.number(pool, Relation.PARALLELISM, target);
            sample.number(pool, Relation.WORKERS, has);
            sample.number(pool, Relation.MAX_WORKERS, target + spares(pool));
        }
        sample.number(pool, Relation.HELPED, isCommon(pool) ? 1 : 0);
    }

    @SuppressWarnings("ReferenceEquality") // equals would run code of the program
    private static boolean isCommon(Object pool) {
        return pool == ForkJoinPool.commonPool();
    }

    private static long count(@Nullable MethodHandle of, Object pool) {
        try {
            return of == null ? -1 : (int) of.invoke(pool);
        } catch (Throwable e) {
            return -1;
        }
    }

    private long spares(Object pool) {
        return bounds.exists() ? (bounds.number(pool, 0) >>> 16) & 0xffff : (short) (config.number(pool, 0) >>> 32);
    }

    private void task(Object task, Sample sample) {
        sample.number(task, Relation.DONE, status.number(task, 0) < 0 ? 1 : 0);
        int steps = 0;
        for (Object node = waiters.get(task); node != null && steps < MOST_NODES; node = nextWaiter.get(node)) {
            Thread waiting = waitingThread.thread(node);
            if (waiting != null) {
                sample.episode(node, Relation.EPISODE, threads.id(waiting));
            }
            steps++;
        }
        String className = task.getClass().getName();
        FieldReader inner = adapted.get(className);
        if (inner == null) {
            if (!className.equals(SIGNALLER)) {
                methods.tell(task, task, sample);
            }
            return;
        }
        Thread running = runners.getOrDefault(className, inner).thread(task);
        if (running != null) {
            sample.threadLink(task, Relation.RUNNER, threads.id(running));
        }
        Object work = inner.get(task);
        if (work instanceof FutureTask<?>) {
            sample.link(task, Relation.COMPLETES, work); // which tells its method itself
        } else {
            methods.tell(task, work, sample);
        }
    }
}
