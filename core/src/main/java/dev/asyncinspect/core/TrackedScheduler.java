package dev.asyncinspect.core;

import dev.asyncinspect.core.event.EventCodes;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A scheduler whose tasks are followed. What runs again and again is one task with a poll for each time. */
final class TrackedScheduler extends TrackedExecutor implements ScheduledExecutorService {

    /* Who shuts a scheduler down ends what waits there, and the scheduler tells nobody: the futures within are looked at then. So what waits
     * is kept here, from before it is scheduled (it may be over before schedule returns) until it has ended. */

    private final ScheduledExecutorService within;
    private final Map<Long, Waiting> waiting = new ConcurrentHashMap<>();

    TrackedScheduler(String name, ScheduledExecutorService within) {
        super(name, within);
        this.within = within;
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        return follow(task -> within.schedule(task.runs(command, false), delay, unit));
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        return follow(task -> within.schedule(task.calls(callable), delay, unit));
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long initialDelay, long period, TimeUnit unit) {
        return follow(task -> within.scheduleAtFixedRate(task.runs(command, true), initialDelay, period, unit));
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initialDelay, long delay, TimeUnit unit) {
        return follow(task -> within.scheduleWithFixedDelay(task.runs(command, true), initialDelay, delay, unit));
    }

    private <V> ScheduledFuture<V> follow(Function<Waiting, ScheduledFuture<V>> schedule) {
        Waiting task = new Waiting(Tracking.created(EventCodes.EXECUTOR_TASK, name()));
        if (task.id == 0) {
            return schedule.apply(task);
        }
        waiting.put(task.id, task);
        try {
            ScheduledFuture<V> future = schedule.apply(task);
            task.future = future;
            return new ScheduledTask<>(future, task::cancelled);
        } catch (RejectedExecutionException e) {
            waiting.remove(task.id);
            Tracking.failed(task.id, e);
            throw e;
        }
    }

    @Override
    public void shutdown() {
        super.shutdown();
        tellCancelled(Set.of());
    }

    @Override
    public List<Runnable> shutdownNow() {
        List<Runnable> neverRun = super.shutdownNow();
        Set<Object> thrownAway = Collections.newSetFromMap(new IdentityHashMap<>());
        thrownAway.addAll(neverRun);
        tellCancelled(thrownAway);
        return neverRun;
    }

    /** What ran when the scheduler was shut down is cancelled when it would have waited for its next turn. */
    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        boolean terminated = super.awaitTermination(timeout, unit);
        if (terminated) {
            tellCancelled(Set.of());
        }
        return terminated;
    }

    private void tellCancelled(Set<Object> thrownAway) {
        for (Waiting task : waiting.values()) {
            Future<?> future = task.future;
            Object same = future; // by identity
            if (future != null && (future.isCancelled() || thrownAway.contains(same))) {
                task.cancelled();
            }
        }
    }

    /** A task that has not ended. */
    private final class Waiting {
        private final long id;
        private volatile @Nullable Future<?> future;

        Waiting(long id) {
            this.id = id;
        }

        Runnable runs(Runnable command, boolean again) {
            TrackedRunnable tracked = new TrackedRunnable(command, id, again);
            return id == 0
                    ? command
                    : () -> {
                        boolean goesOn = false;
                        try {
                            tracked.run();
                            goesOn = again;
                        } finally {
                            if (!goesOn) {
                                waiting.remove(id);
                            }
                        }
                    };
        }

        <V> Callable<V> calls(Callable<V> callable) {
            TrackedCallable<V> tracked = new TrackedCallable<>(callable, id);
            return id == 0
                    ? callable
                    : () -> {
                        try {
                            return tracked.call();
                        } finally {
                            waiting.remove(id);
                        }
                    };
        }

        void cancelled() {
            if (waiting.remove(id) != null) {
                Tracking.cancelled(id);
            }
        }
    }
}
