package dev.asyncinspect.core;

import dev.asyncinspect.core.event.EventCodes;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A task that the program tells of by hand. Its outcome is explicit:
 *
 * <pre>{@code
 * try (TaskGuard task = Inspect.begin("import")) {
 *     work();
 *     task.complete();
 * }
 * }</pre>
 *
 * <p>Closed without an outcome, as an exception does, it has failed. Every method may be called on any thread; what comes after the
 * first outcome changes nothing.
 */
public final class TaskGuard implements AutoCloseable {

    private final long taskId;
    private final AtomicBoolean over = new AtomicBoolean();

    TaskGuard(long taskId) {
        this.taskId = taskId;
    }

    /** The id of the task; 0 if it is not followed. */
    public long taskId() {
        return taskId;
    }

    /** The current thread works on this task from now on: what it does, waits for and creates belongs to it. */
    public TaskGuard resume() {
        Tracking.begins(taskId);
        return this;
    }

    /** The current thread no longer works on this task, which waits until another one, or this one, resumes it. */
    public void pause() {
        Tracking.pauses(taskId, EventCodes.PARK);
    }

    /** The task has done what it should. */
    public void complete() {
        if (ends()) {
            Tracking.completed(taskId);
        }
    }

    /** The task has failed; a {@code CancellationException} counts as cancelled. */
    public void fail(Throwable failure) {
        if (ends()) {
            Tracking.failed(taskId, failure);
        }
    }

    /** Nobody wants the task any longer. */
    public void cancel() {
        if (ends()) {
            Tracking.cancelled(taskId);
        }
    }

    /** Without an outcome so far: failed. */
    @Override
    public void close() {
        if (ends()) {
            Tracking.failed(
                    taskId,
                    "closed without an outcome: the block was left by an exception, or does not call complete()");
        }
    }

    private boolean ends() {
        return taskId != 0 && over.compareAndSet(false, true);
    }
}
