package dev.asyncinspect.core;

import dev.asyncinspect.core.event.EventCodes;

/** Work without a result. What it throws goes on to whoever runs it. */
final class TrackedRunnable implements Runnable {

    private final Runnable work;
    private final long taskId;
    private final boolean again;

    /**
     * Work of a task.
     *
     * @param again true if it will be run again: then only a throwable ends the task
     */
    TrackedRunnable(Runnable work, long taskId, boolean again) {
        this.work = work;
        this.taskId = taskId;
        this.again = again;
    }

    long taskId() {
        return taskId;
    }

    @Override
    public void run() {
        long entered = Tracking.begins(taskId);
        try {
            work.run();
        } catch (Throwable e) {
            Tracking.failed(taskId, e);
            throw e;
        } finally {
            Tracking.leaves(entered);
        }
        if (again) {
            Tracking.pauses(taskId, EventCodes.RETURN);
        } else {
            Tracking.completed(taskId);
        }
    }
}
