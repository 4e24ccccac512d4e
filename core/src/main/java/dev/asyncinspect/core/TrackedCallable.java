package dev.asyncinspect.core;

import java.util.concurrent.Callable;

/** Work with a result. What it throws goes on to whoever runs it. */
final class TrackedCallable<V> implements Callable<V> {

    private final Callable<V> work;
    private final long taskId;

    TrackedCallable(Callable<V> work, long taskId) {
        this.work = work;
        this.taskId = taskId;
    }

    @Override
    public V call() throws Exception {
        long entered = Tracking.begins(taskId);
        try {
            V result = work.call();
            Tracking.completed(taskId);
            return result;
        } catch (Throwable e) {
            Tracking.failed(taskId, e);
            throw e;
        } finally {
            Tracking.leaves(entered);
        }
    }
}
