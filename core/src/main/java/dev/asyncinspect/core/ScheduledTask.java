package dev.asyncinspect.core;

import java.util.concurrent.Delayed;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The future of a scheduler, which sees that it is cancelled. */
record ScheduledTask<V>(ScheduledFuture<V> within, Runnable atCancel) implements ScheduledFuture<V> {

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = within.cancel(mayInterruptIfRunning);
        if (cancelled) {
            atCancel.run();
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
        return within.compareTo(other instanceof ScheduledTask<?> scheduled ? scheduled.within : other);
    }
}
