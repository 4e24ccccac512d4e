package dev.asyncinspect.core;

import dev.asyncinspect.core.event.EventCodes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** An executor whose tasks are followed. It runs them as the one within does, which can go on being used directly. */
class TrackedExecutor extends AbstractExecutorService {

    /* What is submitted is a future already, made here, so that a task that is cancelled in the queue or handed back by shutdownNow() is
     * known. The executor within only runs it. */

    private final ExecutorService within;
    private final String name;

    TrackedExecutor(String name, ExecutorService within) {
        this.name = name;
        this.within = within;
    }

    final String name() {
        return name;
    }

    @Override
    protected <T> RunnableFuture<T> newTaskFor(Callable<T> callable) {
        TrackedTask<T> task = new TrackedTask<>(callable);
        task.follow(Tracking.submitted(EventCodes.EXECUTOR_TASK, name));
        return task;
    }

    @Override
    protected <T> RunnableFuture<T> newTaskFor(Runnable runnable, T value) {
        return newTaskFor(() -> {
            runnable.run();
            return value;
        });
    }

    @Override
    public void execute(Runnable command) {
        Runnable work = command;
        long id = 0;
        if (command instanceof TrackedTask<?> task) {
            id = task.taskId();
        } else {
            id = Tracking.submitted(EventCodes.EXECUTOR_TASK, name);
            work = id == 0 ? command : new TrackedRunnable(command, id, false);
        }
        try {
            within.execute(work);
        } catch (RejectedExecutionException e) {
            Tracking.failed(id, e);
            throw e;
        }
    }

    /** Which of them are run at all is up to the executor within: each is a task once it is. */
    @Override
    public <T> T invokeAny(Collection<? extends Callable<T>> tasks) throws InterruptedException, ExecutionException {
        return within.invokeAny(tracked(tasks));
    }

    @Override
    public <T> T invokeAny(Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        return within.invokeAny(tracked(tasks), timeout, unit);
    }

    private <T> List<Callable<T>> tracked(Collection<? extends Callable<T>> tasks) {
        List<Callable<T>> tracked = new ArrayList<>();
        for (Callable<T> task : tasks) {
            tracked.add(() -> new TrackedCallable<>(task, Tracking.submitted(EventCodes.EXECUTOR_TASK, name)).call());
        }
        return tracked;
    }

    @Override
    public void shutdown() {
        within.shutdown();
    }

    @Override
    public List<Runnable> shutdownNow() {
        List<Runnable> neverRun = new ArrayList<>();
        for (Runnable runnable : within.shutdownNow()) {
            if (runnable instanceof TrackedRunnable tracked) {
                Tracking.cancelled(tracked.taskId());
            } else if (runnable instanceof TrackedTask<?> task) {
                Tracking.cancelled(task.taskId());
            }
            neverRun.add(runnable);
        }
        return neverRun;
    }

    @Override
    public boolean isShutdown() {
        return within.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return within.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return within.awaitTermination(timeout, unit);
    }
}
