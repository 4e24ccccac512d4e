package dev.asyncinspect.integrations.jdk;

import static dev.asyncinspect.weaving.Capture.argument;
import static dev.asyncinspect.weaving.Capture.self;
import static dev.asyncinspect.weaving.Capture.top;
import static dev.asyncinspect.weaving.Capture.under;

import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.integrations.jdk.TaskTable.Entry;
import dev.asyncinspect.weaving.Hook;
import dev.asyncinspect.weaving.Place;
import java.lang.invoke.VarHandle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hooks in {@code ThreadPoolExecutor}, its scheduled kin and {@code FutureTask}: handed in, begun, ended, refused, cancelled, asked. */
final class ThreadPoolWeaving {

    /*
     * A worker stays in runWorker for as long as it lives, so one that is older than the recording runs the old code. It is
     * seen at beforeExecute and afterExecute, unless a subclass of the program overrides these.
     *
     * The JDK wakes sleeping virtual threads by pools of its own. Their tasks are no tasks of the program, and there would
     * be one for each sleep: those pools are passed over.
     */

    private static final String POOL = "java.util.concurrent.ThreadPoolExecutor";
    private static final String SCHEDULED = "java.util.concurrent.ScheduledThreadPoolExecutor";
    private static final int TASK = EventCodes.EXECUTOR_TASK;

    private static final Object[] TIMERS = timers();

    private final HandedTasks tasks;
    private final Stages stages;
    private final Pools pools;

    ThreadPoolWeaving(HandedTasks tasks, Stages stages, Pools pools) {
        this.tasks = tasks;
        this.stages = stages;
        this.pools = pools;
    }

    /** The pools that wake virtual threads. */
    private static Object[] timers() {
        VarHandle one = Insides.field("java.lang.VirtualThread", "UNPARKER");
        VarHandle many = Insides.field("java.lang.VirtualThread", "DELAYED_TASK_SCHEDULERS");
        if (many != null && many.get() instanceof Object[] pools) {
            return pools.clone();
        }
        Object pool = one == null ? null : one.get();
        return pool == null ? new Object[0] : new Object[] {pool};
    }

    List<Hook> hooks() {
        return List.of(
                Hook.named("pool.handed")
                        .in(POOL)
                        .method("execute", "(Ljava/lang/Runnable;)V")
                        .handing(argument(0), self())
                        .to((task, pool) -> handed(task, pool, true)),
                Hook.named("pool.scheduled")
                        .in(SCHEDULED)
                        .method("delayedExecute", "(Ljava/util/concurrent/RunnableScheduledFuture;)V")
                        .handing(argument(0), self())
                        .to((task, pool) -> handed(task, pool, false)),
                Hook.named("pool.refused")
                        .in(POOL)
                        .method("reject", "(Ljava/lang/Runnable;)V")
                        .handing(argument(0))
                        .to((task, nothing) -> {
                            if (task != null) {
                                tasks.refused(task);
                            }
                        }),
                Hook.named("pool.drained")
                        .in(POOL)
                        .method("drainQueue", "()Ljava/util/List;")
                        .at(Place.exit())
                        .handing(top())
                        .to((taken, nothing) -> drained(taken)),
                Hook.named("pool.removed")
                        .in(POOL)
                        .method("remove", "(Ljava/lang/Runnable;)Z")
                        .at(Place.exit())
                        .handing(top(), argument(0))
                        .toNumber((task, removed) -> {
                            if (removed != 0 && task != null) {
                                tasks.takenOut(task);
                            }
                        }),
                Hook.named("pool.resized")
                        .in(POOL)
                        .methods("setCorePoolSize", "setMaximumPoolSize")
                        .at(Place.exit())
                        .atLeast(2)
                        .to((pool, nothing) -> pools.resized(pool)),
                Hook.named("pool.begins")
                        .in(POOL)
                        .methods("runWorker")
                        .at(Place.beforeCall("run"))
                        .handing(top(), self())
                        .to(this::begins),
                Hook.named("pool.begins-in-older-worker")
                        .in(POOL)
                        .method("beforeExecute", "(Ljava/lang/Thread;Ljava/lang/Runnable;)V")
                        .handing(argument(1), self())
                        .to(this::begins),
                Hook.named("pool.ends")
                        .in(POOL)
                        .methods("runWorker")
                        .at(Place.beforeCall("afterExecute"))
                        .handing(under(), top())
                        .atLeast(2)
                        .to(tasks::ends),
                Hook.named("pool.ends-in-older-worker")
                        .in(POOL)
                        .method("afterExecute", "(Ljava/lang/Runnable;Ljava/lang/Throwable;)V")
                        .handing(argument(0), argument(1))
                        .to(tasks::ends),
                Hook.named("future.done")
                        .in("java.util.concurrent.FutureTask")
                        .method("finishCompletion", "()V")
                        .to((future, nothing) -> tasks.done(future)),
                Hook.named("future.asked")
                        .in("java.util.concurrent.FutureTask")
                        .method("report", "(I)Ljava/lang/Object;")
                        .handing(argument(0), self())
                        .toNumber(tasks::asked));
    }

    private void handed(@Nullable Object task, @Nullable Object pool, boolean runnable) {
        if (task != null && pool != null && !isTimer(pool)) {
            Entry known = FutureWeaving.isDependent(task)
                    ? stages.ofCompletion(task)
                    : FutureWeaving.isStage(task) ? tasks.waiting(task) : null;
            Entry told = known != null || FutureWeaving.isDependent(task) ? known : tasks.handed(task, TASK, runnable);
            if (told != null) {
                pools.run(told, pool);
            }
        }
    }

    /** Somebody shut the pool down at once and has got what was queued; the list is the pool's own and still nobody else's. */
    private void drained(Object taken) {
        List<?> list = (List<?>) taken;
        for (int i = 0; i < list.size(); i++) {
            Object task = list.get(i);
            if (task != null) {
                tasks.takenOut(task);
            }
        }
    }

    private void begins(@Nullable Object task, @Nullable Object pool) {
        if (task != null && pool != null && !isTimer(pool) && !FutureWeaving.isDependent(task)) {
            Entry unannounced = tasks.begins(task, TASK);
            if (unannounced != null) {
                pools.run(unannounced, pool);
            }
        }
    }

    @SuppressWarnings("ReferenceEquality") // equals would run code of the program
    private boolean isTimer(@Nullable Object pool) {
        for (Object timer : TIMERS) {
            if (timer == pool) {
                return true;
            }
        }
        return false;
    }
}
