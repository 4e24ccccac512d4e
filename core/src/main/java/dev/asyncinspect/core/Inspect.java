package dev.asyncinspect.core;

import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.core.recorder.Recorder;
import dev.asyncinspect.core.recorder.ThreadIds;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Names work, so that it is followed: drop-in for the ways in which the JDK starts work. While recording is off, each is what it wraps. */
public final class Inspect {

    private static final Recorder RECORDER = Inspector.RECORDER;

    private Inspect() {}

    /** Runs this on a virtual thread of its own (a daemon before JDK 21), as a child of the current task. */
    public static <V extends @Nullable Object> TrackedTask<V> spawn(String name, Callable<V> work) {
        TrackedTask<V> task = new TrackedTask<>(work);
        Thread thread = VirtualThreads.unstarted(name, task);
        int kind = VirtualThreads.exist() ? EventCodes.VIRTUAL_THREAD : EventCodes.PLATFORM_THREAD;
        task.follow(Tracking.thread(thread, kind, name));
        thread.start();
        return task;
    }

    /** Runs this on a virtual thread of its own (a daemon before JDK 21), as a child of the current task. */
    public static TrackedTask<@Nullable Void> spawn(String name, Runnable work) {
        return spawn(name, TrackedTask.callable(work));
    }

    /** This executor, with its tasks followed under this name. */
    public static ExecutorService executor(String name, ExecutorService executor) {
        return new TrackedExecutor(name, executor);
    }

    /** This scheduler, with its tasks followed under this name. */
    public static ScheduledExecutorService executor(String name, ScheduledExecutorService executor) {
        return new TrackedScheduler(name, executor);
    }

    /** Threads of this factory, followed as tasks. */
    public static ThreadFactory threadFactory(String name, ThreadFactory factory) {
        return work -> new TrackedThreads(name).of(factory, work);
    }

    /** {@code CompletableFuture.supplyAsync} in the common pool, followed with all stages that are derived from it. */
    public static <T extends @Nullable Object> CompletableFuture<T> supplyAsync(String name, Supplier<T> work) {
        return supplyAsync(name, work, ForkJoinPool.commonPool());
    }

    /** {@code CompletableFuture.supplyAsync}, followed with all stages that are derived from it. */
    public static <T extends @Nullable Object> CompletableFuture<T> supplyAsync(
            String name, Supplier<T> work, Executor executor) {
        return TrackedStage.supply(name, work, executor);
    }

    /** {@code CompletableFuture.runAsync} in the common pool, followed with all stages that are derived from it. */
    public static CompletableFuture<@Nullable Void> runAsync(String name, Runnable work) {
        return runAsync(name, work, ForkJoinPool.commonPool());
    }

    /** {@code CompletableFuture.runAsync}, followed with all stages that are derived from it. */
    public static CompletableFuture<@Nullable Void> runAsync(String name, Runnable work, Executor executor) {
        Supplier<@Nullable Void> nothing = () -> {
            work.run();
            return null;
        };
        return supplyAsync(name, nothing, executor);
    }

    /** A future that ends as this stage does, followed with all stages that are derived from it. */
    public static <T extends @Nullable Object> CompletableFuture<T> future(String label, CompletionStage<T> stage) {
        return RECORDER.isOn() ? TrackedStage.of(label, stage) : stage.toCompletableFuture();
    }

    /** This work as a task that exists from now on, for whoever runs it: {@code scope.fork(Inspect.fork("user", this::user))}. */
    public static <V> Callable<V> fork(String name, Callable<V> work) {
        long id = Tracking.submitted(EventCodes.SCOPE_FORK, name);
        return id == 0 ? work : new TrackedCallable<>(work, id);
    }

    /** A task that the program tells of by hand, and that nobody works on yet. */
    public static TaskGuard task(String name) {
        return new TaskGuard(Tracking.created(EventCodes.MANUAL, name));
    }

    /** A task that the current thread works on from now on. */
    public static TaskGuard begin(String name) {
        return task(name).resume();
    }

    /** The current task came by here. */
    public static void point(String label) {
        point(label, null);
    }

    /** The current task came by here, with something to say. Messages are kept as texts: few different ones, or they become "…". */
    public static void point(String label, @Nullable String message) {
        if (RECORDER.isOn() && RECORDER.followed().isToBeTold()) {
            RECORDER.point(RECORDER.now(), ThreadIds.current(), RECORDER.symbol(label), RECORDER.symbol(message));
        }
    }

    /** {@code future.get()}, told as an act of waiting under this label. What is done already is not waited for, and costs nothing. */
    public static <T extends @Nullable Object> T await(String label, Future<T> future)
            throws InterruptedException, ExecutionException {
        return Awaits.of(label, future);
    }

    /** {@code future.get(timeout, unit)}, told as an act of waiting under this label. */
    public static <T extends @Nullable Object> T await(String label, Future<T> future, long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        return Awaits.of(label, future, timeout, unit);
    }

    /** Whatever blocks, told as an act of waiting under this label. */
    public static <T extends @Nullable Object> T await(String label, Callable<T> blocking) throws Exception {
        return Awaits.of(label, blocking);
    }
}
