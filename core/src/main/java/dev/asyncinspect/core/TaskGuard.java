package dev.asyncinspect.core;

import dev.asyncinspect.core.event.EventCodes;
import java.util.concurrent.atomic.AtomicLong;

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

    private static final long OVER = -1;

    private final long taskId;
    /** Who works on it, as {@link Tracking#begins} says, 0 for nobody; or {@link #OVER}. */
    private final AtomicLong at = new AtomicLong();

    TaskGuard(long taskId) {
        this.taskId = taskId;
    }

    /** The id of the task; 0 if it is not followed. */
    public long taskId() {
        return taskId;
    }

    /** The current thread works on this task from now on: what it does, waits for and creates belongs to it. */
    public TaskGuard resume() {
        if (taskId != 0 && at.get() != OVER) {
            moves(Tracking.begins(taskId));
        }
        return this;
    }

    /** The current thread no longer works on this task, which waits until another one, or this one, resumes it. */
    public void pause() {
        Tracking.pauses(taskId, EventCodes.PARK);
        moves(0);
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

    /** From who worked on it to who does now, unless it is over. */
    private void moves(long entered) {
        long before = at.getAndUpdate(now -> now == OVER ? OVER : entered);
        Tracking.leaves(before == OVER ? entered : before);
    }

    private boolean ends() {
        long before = taskId == 0 ? OVER : at.getAndSet(OVER);
        if (before == OVER) {
            return false;
        }
        Tracking.leaves(before);
        return true;
    }
}
