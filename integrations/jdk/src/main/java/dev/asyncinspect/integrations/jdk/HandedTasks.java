package dev.asyncinspect.integrations.jdk;

import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.core.recorder.Recorder;
import dev.asyncinspect.core.recorder.ThreadIds;
import dev.asyncinspect.integrations.jdk.TaskTable.Entry;
import java.lang.invoke.VarHandle;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** Tells the lives of tasks that are handed to executors. */
final class HandedTasks {

    /*
     *   handed ──► begun ──► ended
     *     │          └──► rests (a periodic task) ──► begun …
     *     ├──► ended (cancelled in the queue, refused)
     *     └──► begun unannounced: it was handed in before the recording, or there was no room to remember it
     *
     * Several hooks may see one moment: a worker that is older than the recording runs the old code of its loop, and is seen
     * by the methods that the loop calls. The second to come finds the task begun, or gone, and says nothing.
     */

    private static final int FAILED_STATE = Insides.constant("java.util.concurrent.FutureTask", "EXCEPTIONAL");
    private static final int CANCELLED_STATE = Insides.constant("java.util.concurrent.FutureTask", "CANCELLED");
    private static final @Nullable VarHandle STATE = Insides.field("java.util.concurrent.FutureTask", "state");
    private static final @Nullable VarHandle OUTCOME = Insides.field("java.util.concurrent.FutureTask", "outcome");

    private final Recorder recorder;
    private final TaskCode code;
    private final FailedThreads failures;
    private final TaskTable table = new TaskTable();

    HandedTasks(Recorder recorder, TaskCode code, FailedThreads failures) {
        this.recorder = recorder;
        this.code = code;
        this.failures = failures;
    }

    /**
     * The current thread hands a task in.
     *
     * @param kind of task
     * @param runnable whether it may run at once, or waits for its time
     */
    void handed(Object task, int kind, boolean runnable) {
        if (code.isTold(task)) {
            return;
        }
        long now = recorder.now();
        Entry entry = new Entry(task, recorder.newTaskId());
        if (!table.add(entry, task)) {
            return;
        }
        long parent = ThreadIds.current();
        recorder.created(now, entry.taskId, kind, code.symbol(task), parent);
        if (runnable) {
            recorder.woken(now, entry.taskId, EventCodes.SUBMITTED, parent);
        }
    }

    /** Whether a task was handed in and nobody has begun it. */
    boolean isHanded(Object task) {
        return table.find(task, 0) != null;
    }

    /** The executor refused it. */
    void refused(Object task) {
        Entry entry = table.find(task, 0);
        if (entry != null && table.remove(task, entry)) {
            recorder.ended(
                    recorder.now(), entry.taskId, EventCodes.CANCELLED, recorder.symbol("refused by the executor"));
        }
    }

    /** The current thread begins to run it. */
    void begins(Object task, int kind) {
        long now = recorder.now();
        long thread = ThreadIds.current();
        if (table.find(task, thread) != null) {
            return;
        }
        Entry entry = table.begin(task, thread);
        if (entry == null) {
            if (code.isTold(task)) {
                return;
            }
            Entry unannounced = new Entry(task, recorder.newTaskId());
            if (!table.add(unannounced, task) || (entry = table.begin(task, thread)) == null) {
                return;
            }
            recorder.created(now, entry.taskId, kind, code.symbol(task), 0);
        }
        recorder.pollStart(now, entry.taskId, thread);
    }

    /** The current thread's task is going to end by that, though it returns. */
    void fails(Object task, @Nullable Object thrown) {
        Entry entry = table.find(task, ThreadIds.current());
        if (entry != null && thrown instanceof Throwable failure) {
            entry.failure = failures.symbol(failure);
        }
    }

    /** The current thread has run it. */
    void ends(Object task, @Nullable Object thrown) {
        long now = recorder.now();
        long thread = ThreadIds.current();
        Entry entry = table.find(task, thread);
        if (entry == null) {
            return;
        }
        recorder.pollEnd(now, entry.taskId, EventCodes.RETURN, thread);
        if (thrown == null && task instanceof FutureTask<?> && state(task) == 0) {
            entry.rest();
        } else if (table.remove(task, entry)) {
            int failure = thrown instanceof Throwable error ? failures.symbol(error) : entry.failure;
            end(now, entry, task, failure);
        }
    }

    /** A future is done: by its run, which ends later, or by somebody who cancels it before it has run. */
    void done(Object future) {
        Entry entry = table.find(future, 0);
        if (entry != null && table.remove(future, entry)) {
            end(recorder.now(), entry, future, 0);
        }
    }

    private void end(long now, Entry entry, Object task, int failure) {
        int state = task instanceof FutureTask<?> ? state(task) : 0;
        if (failure != 0) {
            recorder.ended(now, entry.taskId, EventCodes.FAILED, failure);
        } else if (state == FAILED_STATE && OUTCOME != null && OUTCOME.get(task) instanceof Throwable error) {
            recorder.ended(now, entry.taskId, EventCodes.FAILED, failures.symbol(error));
        } else {
            boolean cancelled = state >= CANCELLED_STATE;
            recorder.ended(now, entry.taskId, cancelled ? EventCodes.CANCELLED : EventCodes.COMPLETED, 0);
        }
    }

    /** The state of a FutureTask, 0 while it is not done. */
    private static int state(Object future) {
        return STATE == null ? -1 : (int) STATE.getVolatile(future);
    }
}
