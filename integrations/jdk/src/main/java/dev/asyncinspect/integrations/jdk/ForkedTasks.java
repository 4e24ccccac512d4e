package dev.asyncinspect.integrations.jdk;

import dev.asyncinspect.core.recorder.Recorder;
import dev.asyncinspect.integrations.jdk.TaskTable.Entry;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** Tells the lives of tasks of a {@code ForkJoinPool}: submitted, forked, taken by a worker, run. */
final class ForkedTasks {

    /*
     * Programs fork a few parts for each piece of work, or a part for each addition. The first are told one by one. Of the
     * second we tell some thousands a second, and of the rest those that a worker takes from a queue, which is what costs the
     * program something too: a part that the forking thread itself runs is a call with a detour.
     *
     * Virtual threads run on such a pool, and each of their switches comes by. Their scheduler and its carriers are passed
     * over after one comparison. Stages of futures are told by their own hooks.
     */

    private static final @Nullable Class<?> CARRIER = Insides.type("jdk.internal.misc.CarrierThread");
    private static final @Nullable Object SCHEDULER = scheduler();

    private final HandedTasks tasks;
    private final Stages stages;
    private final Pools pools;
    private final ForkBudget budget;

    ForkedTasks(Recorder recorder, HandedTasks tasks, Stages stages, Pools pools) {
        this.stages = stages;
        this.pools = pools;
        budget = new ForkBudget(recorder::now);
        this.tasks = tasks;
    }

    private static @Nullable Object scheduler() {
        VarHandle ofVirtualThreads = Insides.field("java.lang.VirtualThread", "DEFAULT_SCHEDULER");
        return ofVirtualThreads == null ? null : ofVirtualThreads.get();
    }

    /** Somebody hands a task to a pool. */
    @SuppressWarnings("ReferenceEquality") // equals would run code of the program
    void submitted(Object task, @Nullable Object pool) {
        if (pool == null || pool == SCHEDULER) {
            return;
        }
        Entry told = FutureWeaving.isDependent(task)
                ? stages.ofCompletion(task)
                : FutureWeaving.isStage(task) ? tasks.waiting(task) : tasks.forked(task);
        if (told != null) {
            pools.fork(told, pool);
        }
    }

    private static boolean isOfStage(Object task) {
        return FutureWeaving.isStage(task) || FutureWeaving.isDependent(task);
    }

    /** The pool refuses what the current thread hands in. */
    void refused() {
        tasks.refusedLast();
    }

    /** A task forks another. */
    void forked(Object task) {
        if (!isOfStage(task) && budget.allows()) {
            tasks.forked(task);
        }
    }

    /** A worker has taken a task from a queue and is going to run it. */
    void taken(@Nullable Object task) {
        if (task != null && Thread.currentThread().getClass() != CARRIER && !isOfStage(task)) {
            tasks.beginsFork(task);
        }
    }

    /** The current thread runs a task, whoever had it. */
    void runs(Object task) {
        if (tasks.anyForks()) {
            tasks.beginsIfTold(task);
        }
    }

    /** The current thread's task throws. */
    void fails(@Nullable Object thrown, @Nullable Object task) {
        if (task != null && tasks.anyForks()) {
            tasks.fails(task, thrown);
        }
    }

    /** The current thread has run a task, or has found it done already, as when it was completed by hand. */
    void ran(Object task) {
        if (tasks.anyForks()) {
            tasks.ends(task, null);
            tasks.done(task);
        }
    }

    /** A task is cancelled: whoever comes by it in a queue will pass it over. */
    void cancelled(Object task) {
        tasks.cancelled(task);
    }
}
