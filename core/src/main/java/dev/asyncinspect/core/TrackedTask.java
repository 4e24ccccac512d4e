package dev.asyncinspect.core;

import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Work that was handed to a thread or an executor, as a future.
 *
 * @param <V> what it results in
 */
public final class TrackedTask<V extends @Nullable Object> extends FutureTask<V> {

    /* FutureTask calls done() once, whoever ends it: the thread that runs it, or somebody who cancels it before it was run. */

    private long taskId;

    TrackedTask(Callable<V> work) {
        super(work);
    }

    static Callable<@Nullable Void> callable(Runnable work) {
        return () -> {
            work.run();
            return null;
        };
    }

    /** Before it is handed over. */
    void follow(long id) {
        taskId = id;
    }

    /** The id of the task; 0 if it is not followed. */
    public long taskId() {
        return taskId;
    }

    @Override
    public void run() {
        long entered = Tracking.begins(taskId);
        try {
            super.run();
        } finally {
            Tracking.leaves(entered);
        }
    }

    @Override
    protected void set(V result) {
        Tracking.completed(taskId);
        super.set(result);
    }

    @Override
    protected void setException(Throwable failure) {
        Tracking.failed(taskId, failure);
        super.setException(failure);
    }

    @Override
    protected void done() {
        if (isCancelled()) {
            Tracking.cancelled(taskId);
        }
    }
}
