package dev.asyncinspect.agent.jdk;

import dev.asyncinspect.core.rows.Relation;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/** Reads what threads wait at for the end of a pool: its blocker is a condition or a latch, which does not know its pool. */
final class TerminationReader {

    /*
     * | class                 | waits at                                                                  |
     * |-----------------------|---------------------------------------------------------------------------|
     * | ThreadPoolExecutor    | the condition termination                                                 |
     * | ForkJoinPool          | the same; from 22 on a latch of that name, which is made when it is asked |
     * | ThreadPerTaskExecutor | the latch terminationSignal                                               |
     *
     * It is told only of pools for whose end somebody waits. Pools are found from the threads that work in them, so the blockers of all
     * threads have been met before the first pool is read.
     */

    private static final String JUC = "java.util.concurrent.";

    private final Threads threads;
    private final FieldReader ofExecutor;
    private final FieldReader ofForkJoin;
    private final FieldReader ofTasks;
    private final FieldReader sync;
    private final @Nullable Class<?> perTask;

    TerminationReader(JdkDoor door, Threads threads) {
        this.threads = threads;
        ofExecutor = door.field(JUC + "ThreadPoolExecutor", "termination");
        ofForkJoin = door.field(JUC + "ForkJoinPool", "termination");
        perTask = door.type(JUC + "ThreadPerTaskExecutor");
        ofTasks = door.fieldIfAny(JUC + "ThreadPerTaskExecutor", "terminationSignal");
        sync = door.field(JUC + "CountDownLatch", "sync");
    }

    /** Tells that whoever waits at what this pool signals in the end waits for that, if somebody does. */
    void read(Object pool, Sample sample) {
        Object signal = signal(pool);
        if (sample.hasMet(signal) && signal != null) {
            sample.link(signal, Relation.ENDS, pool);
        }
    }

    /** Whether this container of threads is an executor for whose end somebody waits. */
    boolean isAwaited(Object container, Sample sample) {
        return perTask != null && perTask.isInstance(container) && sample.hasMet(signal(container));
    }

    /** Tells that this thread has to end before the executor does. */
    void member(Object executor, Object thread, Sample sample) {
        if (thread instanceof Thread running) {
            sample.threadLink(executor, Relation.RUNNER, threads.id(running));
        }
    }

    private @Nullable Object signal(Object pool) {
        Object signal = pool instanceof ThreadPoolExecutor
                ? ofExecutor.get(pool)
                : pool instanceof ForkJoinPool ? ofForkJoin.get(pool) : ofTasks.get(pool);
        return signal instanceof CountDownLatch ? sync.get(signal) : signal instanceof Condition ? signal : null;
    }
}
