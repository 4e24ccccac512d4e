package dev.asyncinspect.integrations.jdk;

import static dev.asyncinspect.weaving.Capture.argument;
import static dev.asyncinspect.weaving.Capture.constant;
import static dev.asyncinspect.weaving.Capture.self;

import dev.asyncinspect.core.recorder.Recorder;
import dev.asyncinspect.integrations.jdk.TaskTable.Entry;
import dev.asyncinspect.weaving.Hook;
import dev.asyncinspect.weaving.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hooks where threads wait for a future that is not complete: one that is costs nothing. */
final class FutureAwaitWeaving {

    /*
     *   CompletableFuture.waitingGet(false)   join
     *   CompletableFuture.waitingGet(true)    get
     *   CompletableFuture.timedGet            get with a time
     *   FutureTask.awaitDone, around parks    get, with a time or without
     *   ForkJoinTask.awaitDone, the same      get and join of what a ForkJoinPool runs, when there is nothing to help with
     *
     * A thread parks at an object that does not know its CompletableFuture, so the await around that says for what. It parks at the FutureTask
     * or ForkJoinTask
     * itself; but the task may have ended when it goes on, and then nothing of its number is kept.
     *
     * The first as a whole, and not around the call that parks: where that throws (a ForkJoinPool that cannot compensate) an await
     * would stay open, and its task look as if it waited. So an await goes on while the thread runs what depends on the future, which
     * some are given to do when it is complete; those are tasks of their own.
     */

    private static final String FUTURE = "java.util.concurrent.CompletableFuture";
    private static final String TASK = "java.util.concurrent.FutureTask";
    private static final String FORK = "java.util.concurrent.ForkJoinTask";
    private static final String WAIT = "waitingGet";
    private static final String TIMED_WAIT = "timedGet";

    private final Awaits awaits;
    private final AwaitedFutures futures;
    private final HandedTasks tasks;
    private final int join;
    private final int get;
    private final int getOfTask;
    private final int joinOfFork;
    private final BoundFutures bound;

    FutureAwaitWeaving(
            Recorder recorder, Awaits awaits, AwaitedFutures futures, HandedTasks tasks, BoundFutures bound) {
        this.bound = bound;
        this.awaits = awaits;
        this.futures = futures;
        this.tasks = tasks;
        join = recorder.symbol(FUTURE + ".join");
        get = recorder.symbol(FUTURE + ".get");
        getOfTask = recorder.symbol(TASK + ".get");
        joinOfFork = recorder.symbol(FORK + ".join");
    }

    List<Hook> hooks() {
        return List.of(
                hook("awaited", WAIT)
                        .handing(argument(0), self())
                        .toNumber((future, interruptible) -> waits(future, interruptible == 0 ? join : get, false)),
                hook("awaited-in-time", TIMED_WAIT).to((future, nothing) -> waits(future, get, true)),
                hook("no-longer-awaited", WAIT, TIMED_WAIT)
                        .at(Place.exit())
                        .to((future, nothing) -> noLongerWaits(future)),
                over(hook("await-threw", WAIT, TIMED_WAIT).at(Place.thrown())),
                task("awaited", Place.beforeCall("park|parkNanos"))
                        .handing(argument(0), self())
                        .toNumber((task, timed) -> waitsForTask(task, timed != 0)),
                over(task("no-longer-awaited", Place.afterCall("park|parkNanos"))),
                fork("awaited", Place.beforeCall("park")).to((task, nothing) -> waitsForFork(task, false)),
                fork("awaited-in-time", Place.beforeCall("parkNanos")).to((task, nothing) -> waitsForFork(task, true)),
                over(fork("no-longer-awaited", Place.afterCall("park|parkNanos"))
                        .atLeast(2)));
    }

    private static Hook.Draft fork(String moment, Place place) {
        return Hook.named("fork-join-task." + moment)
                .in(FORK)
                .methods("awaitDone")
                .at(place);
    }

    private static Hook.Draft hook(String moment, String... methods) {
        return Hook.named("future." + moment).in(FUTURE).methods(methods).atLeast(methods.length);
    }

    private static Hook.Draft task(String moment, Place place) {
        return Hook.named("future-task." + moment)
                .in(TASK)
                .methods("awaitDone")
                .at(place)
                .atLeast(2);
    }

    private Hook over(Hook.Draft draft) {
        return draft.handing(constant(0)).toNumber((nothing, zero) -> awaits.ends());
    }

    private void waits(Object future, int how, boolean timed) {
        if (!JvmThreads.isOne(Thread.currentThread())) {
            begins(futures.awaited(future), how, timed);
        }
    }

    private void waitsForTask(Object task, boolean timed) {
        if (!JvmThreads.isOne(Thread.currentThread())) {
            Entry own = tasks.of(task);
            Entry known = own == null ? futures.known(task) : own;
            if (known == null && BoundFutures.isOne(task)) {
                awaits.begins(getOfTask, timed, bound.awaited(task));
            } else {
                begins(known == null ? null : futures.told(known), getOfTask, timed);
            }
        }
    }

    private void waitsForFork(Object task, boolean timed) {
        if (!JvmThreads.isOne(Thread.currentThread())) {
            Entry known = tasks.of(task);
            begins(known == null ? null : futures.told(known), joinOfFork, timed);
        }
    }

    private void begins(@Nullable AwaitedFuture known, int how, boolean timed) {
        if (known == null) {
            awaits.begins(how, timed, 0);
        } else {
            awaits.begins(known.label == 0 ? how : known.label, timed, known.resourceId);
        }
    }

    private void noLongerWaits(Object future) {
        if (!JvmThreads.isOne(Thread.currentThread())) {
            awaits.ends();
            futures.noLongerAwaited(future);
        }
    }
}
