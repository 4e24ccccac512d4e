package dev.asyncinspect.integrations.jdk;

import static dev.asyncinspect.weaving.Capture.argument;
import static dev.asyncinspect.weaving.Capture.self;
import static dev.asyncinspect.weaving.Capture.top;

import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.core.recorder.ThreadIds;
import dev.asyncinspect.weaving.Hook;
import dev.asyncinspect.weaving.Place;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hooks in {@code CompletableFuture}: the work of supplyAsync and runAsync; and in the future of a thread per task. */
final class FutureWeaving {

    /*
     * The work of a stage is an object of its own (AsyncSupply, AsyncRun), whatever executor runs it, so the common pool needs
     * no hook: one there would be passed at each switch of a virtual thread.
     */

    private static final String FUTURE = "java.util.concurrent.CompletableFuture";
    private static final @Nullable Class<?> SUPPLY = Insides.type(FUTURE + "$AsyncSupply");
    private static final @Nullable Class<?> DEPENDENT = Insides.type(FUTURE + "$Completion");
    private static final @Nullable Class<?> RUN = Insides.type(FUTURE + "$AsyncRun");

    /** JDK 21 and later. */
    private static final @Nullable Class<?> BOUND_TYPE =
            Insides.type("java.util.concurrent.ThreadPerTaskExecutor$ThreadBoundFuture");

    private final HandedTasks tasks;
    private final FailedThreads failed;

    FutureWeaving(HandedTasks tasks, FailedThreads failed) {
        this.tasks = tasks;
        this.failed = failed;
    }

    /** Whether it is the work of a stage, which we see when it is made. */
    static boolean isStage(Object task) {
        Class<?> type = task.getClass();
        return type == SUPPLY || type == RUN;
    }

    /** Whether it is what runs a stage that depends on others, which is told by the stage. */
    static boolean isDependent(Object task) {
        return DEPENDENT != null && DEPENDENT.isInstance(task);
    }

    List<Hook> hooks() {
        Hook handed = Hook.named("stage.handed")
                .in(FUTURE)
                .methods("asyncSupplyStage", "asyncRunStage", "completeAsync")
                .at(Place.beforeCall("execute"))
                .atLeast(3)
                .handing(top())
                .to((stage, nothing) -> tasks.handed(stage, EventCodes.FUTURE_STAGE, true));
        List<Hook> hooks = new ArrayList<>(List.of(handed));
        for (String kind : List.of("AsyncSupply", "AsyncRun")) {
            String name = "stage." + (kind.equals("AsyncRun") ? "run" : "supply");
            String type = FUTURE + "$" + kind;
            hooks.add(Hook.named(name + "-begins")
                    .in(type)
                    .method("run", "()V")
                    .to((stage, nothing) -> tasks.begins(stage, EventCodes.FUTURE_STAGE)));
            hooks.add(Hook.named(name + "-fails")
                    .in(type)
                    .method("run", "()V")
                    .at(Place.beforeCall("completeThrowable"))
                    .handing(top(), self())
                    .to((thrown, stage) -> {
                        if (stage != null) {
                            tasks.fails(stage, thrown);
                        }
                    }));
            hooks.add(Hook.named(name + "-ends")
                    .in(type)
                    .method("run", "()V")
                    .at(Place.exit())
                    .to((stage, nothing) -> tasks.ends(stage, null)));
        }
        if (BOUND_TYPE != null) {
            hooks.add(Hook.named("thread-per-task.fails")
                    .in("java.util.concurrent.FutureTask")
                    .method("setException", "(Ljava/lang/Throwable;)V")
                    .handing(argument(0), self())
                    .to(this::failsItsThread));
        }
        return hooks;
    }

    /** The thread of a thread-per-task executor returns whatever its task does: the task's failure is the thread's. */
    private void failsItsThread(@Nullable Object thrown, @Nullable Object future) {
        if (future != null && future.getClass() == BOUND_TYPE && thrown instanceof Throwable failure) {
            failed.add(ThreadIds.current(), failure);
        }
    }
}
