package dev.asyncinspect.integrations.jdk;

import static dev.asyncinspect.weaving.Capture.argument;
import static dev.asyncinspect.weaving.Capture.self;
import static dev.asyncinspect.weaving.Capture.top;

import dev.asyncinspect.weaving.Hook;
import dev.asyncinspect.weaving.Place;
import java.util.List;

/** Hooks in {@code ForkJoinPool} and its tasks: submitted, refused, forked, taken, run, cancelled. */
final class ForkJoinWeaving {

    /*
     *   submitted   externalSubmit (17, private) or poolSubmit       what execute, submit and invoke of the pool come to
     *   refused     before the exception is made, by the submitting thread
     *   forked      ForkJoinTask.fork: parallel streams, divide and conquer
     *   taken       WorkQueue.topLevelExec, before doExec: a worker's next task
     *   runs        ForkJoinTask.doExec, before exec: also by a thread that waits for it, or helps
     */

    private static final String POOL = "java.util.concurrent.ForkJoinPool";
    private static final String TASK = "java.util.concurrent.ForkJoinTask";
    private static final int FIRST_WITH_POOL_SUBMIT = 21;

    private final ForkedTasks tasks;

    ForkJoinWeaving(ForkedTasks tasks) {
        this.tasks = tasks;
    }

    List<Hook> hooks(int feature) {
        boolean poolSubmit = feature >= FIRST_WITH_POOL_SUBMIT;
        return List.of(
                Hook.named("fork-join.submitted")
                        .in(POOL)
                        .methods(poolSubmit ? "poolSubmit" : "externalSubmit")
                        .handing(argument(poolSubmit ? 1 : 0), self())
                        .to((task, pool) -> {
                            if (task != null) {
                                tasks.submitted(task, pool);
                            }
                        }),
                Hook.named("fork-join.refused")
                        .in(POOL)
                        .methods(poolSubmit ? "submissionQueue" : "externalPush")
                        .at(Place.beforeCall("<init>()V"))
                        .to((pool, nothing) -> tasks.refused()),
                Hook.named("fork-join.forked").in(TASK).methods("fork").to((task, nothing) -> tasks.forked(task)),
                Hook.named("fork-join.taken")
                        .in(POOL + "$WorkQueue")
                        .methods("topLevelExec")
                        .at(Place.beforeCall("doExec"))
                        .handing(top())
                        .to((task, nothing) -> tasks.taken(task)),
                Hook.named("fork-join.runs")
                        .in(TASK)
                        .methods("doExec")
                        .at(Place.beforeCall("exec"))
                        .to((task, nothing) -> tasks.runs(task)),
                Hook.named("fork-join.fails")
                        .in(TASK)
                        .methods("doExec")
                        .at(Place.beforeCall("trySetException"))
                        .handing(top(), self())
                        .to(tasks::fails),
                Hook.named("fork-join.ran")
                        .in(TASK)
                        .methods("doExec")
                        .at(Place.exit())
                        .to((task, nothing) -> tasks.ran(task)),
                Hook.named("fork-join.cancelled")
                        .in(TASK)
                        .methods("trySetCancelled")
                        .to((task, nothing) -> tasks.cancelled(task)));
    }
}
