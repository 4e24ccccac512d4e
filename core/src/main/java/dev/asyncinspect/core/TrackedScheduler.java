package dev.asyncinspect.core;

import dev.asyncinspect.core.event.EventCodes;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A scheduler whose tasks are followed. What runs again and again is one task with a poll for each time. */
final class TrackedScheduler extends TrackedExecutor implements ScheduledExecutorService {

    private final ScheduledExecutorService within;

    TrackedScheduler(String name, ScheduledExecutorService within) {
        super(name, within);
        this.within = within;
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        long id = Tracking.created(EventCodes.EXECUTOR_TASK, name());
        return new Scheduled<>(within.schedule(new TrackedRunnable(command, id, false), delay, unit), id);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        long id = Tracking.created(EventCodes.EXECUTOR_TASK, name());
        return new Scheduled<>(within.schedule(new TrackedCallable<>(callable, id), delay, unit), id);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long initialDelay, long period, TimeUnit unit) {
        long id = Tracking.created(EventCodes.EXECUTOR_TASK, name());
        return new Scheduled<>(
                within.scheduleAtFixedRate(new TrackedRunnable(command, id, true), initialDelay, period, unit), id);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initialDelay, long delay, TimeUnit unit) {
        long id = Tracking.created(EventCodes.EXECUTOR_TASK, name());
        return new Scheduled<>(
                within.scheduleWithFixedDelay(new TrackedRunnable(command, id, true), initialDelay, delay, unit), id);
    }

    /** The future within, which sees that it is cancelled. */
    private record Scheduled<V>(ScheduledFuture<V> within, long taskId) implements ScheduledFuture<V> {

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            boolean cancelled = within.cancel(mayInterruptIfRunning);
            if (cancelled) {
                Tracking.cancelled(taskId);
            }
            return cancelled;
        }

        @Override
        public boolean isCancelled() {
            return within.isCancelled();
        }

        @Override
        public boolean isDone() {
            return within.isDone();
        }

        @Override
        public V get() throws InterruptedException, ExecutionException {
            return within.get();
        }

        @Override
        public V get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
            return within.get(timeout, unit);
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return within.getDelay(unit);
        }

        @Override
        public int compareTo(Delayed other) {
            return within.compareTo(other instanceof Scheduled<?> scheduled ? scheduled.within : other);
        }
    }
}
