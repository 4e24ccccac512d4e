package dev.asyncinspect.integrations.jdk;

import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.core.recorder.Recorder;
import dev.asyncinspect.core.recorder.ThreadIds;
import dev.asyncinspect.integrations.jdk.TaskTable.Entry;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** The futures of an executor that makes a thread for each task: which one somebody waits for, and which thread completes it. */
final class BoundFutures {

    /*
     * The thread is the task. What is told is the thread itself and not what it happens to run at that moment, as a holder would be; and
     * by who waits first, since most such futures are done when somebody asks.
     */

    private static final String NAME = "java.util.concurrent.ThreadPerTaskExecutor$ThreadBoundFuture";
    private static final @Nullable Class<?> TYPE = Insides.type(NAME);
    private static final @Nullable VarHandle THREAD = Insides.field(NAME, "thread");

    private final Recorder recorder;
    private final TaskCode code;
    private final TaskTable numbers;

    /**
     * All of them.
     *
     * @param numbers where what has a number is kept
     */
    BoundFutures(Recorder recorder, TaskCode code, TaskTable numbers) {
        this.recorder = recorder;
        this.code = code;
        this.numbers = numbers;
    }

    static boolean isOne(Object future) {
        return future.getClass() == TYPE;
    }

    /** The number of a future that the current thread is going to wait for, 0 if there is no room to keep one. */
    long awaited(Object future) {
        Entry known = numbers.find(future, 0);
        if (known != null) {
            return known.taskId;
        }
        Entry added = new Entry(future, recorder.newResourceId());
        if (THREAD == null || !(THREAD.get(future) instanceof Thread thread) || !numbers.add(added, future)) {
            return 0;
        }
        Entry first = numbers.find(future, 0);
        long id = first == null ? added.taskId : first.taskId;
        long now = recorder.now();
        recorder.resource(now, EventCodes.FUTURE, 0, code.symbol(future), id);
        recorder.linked(now, ThreadIds.of(thread), EventCodes.COMPLETES, 0, id);
        return id;
    }
}
