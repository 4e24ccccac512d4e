package dev.asyncinspect.integrations.jdk;

import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.core.recorder.Recorder;
import dev.asyncinspect.core.recorder.ThreadIds;
import dev.asyncinspect.integrations.jdk.TaskTable.Entry;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Who asks a {@code FutureTask} that has failed how it ended. Such a question waits for nothing, so no await tells of it. */
final class FailedFutures {

    /*
     * A pool asks so in its afterExecute, and whoever collects results later. Each failure is told as asked for once; what was asked for, and what
     * later failures drive out of its place, is forgotten. Held weakly, like all.
     */

    private static final int PLACES = 1 << 10;

    private final Recorder recorder;
    private final AtomicReferenceArray<@Nullable Entry> failed = new AtomicReferenceArray<>(PLACES);

    FailedFutures(Recorder recorder) {
        this.recorder = recorder;
    }

    /** The task that this future is has ended by a failure. */
    void add(Entry task, Object future) {
        failed.lazySet(place(future), task);
    }

    /**
     * The current thread is told that this future has failed.
     *
     * @param running its task, if it has not ended yet
     */
    void asked(Object future, @Nullable Entry running) {
        int place = place(future);
        Entry known = failed.get(place);
        boolean isIt = known != null && known.refersTo(future) && failed.compareAndSet(place, known, null);
        Entry task = isIt ? known : running;
        if (task != null) {
            recorder.linked(recorder.now(), ThreadIds.current(), EventCodes.AWAITS, 0, task.taskId);
        }
    }

    private static int place(Object future) {
        return System.identityHashCode(future) & (PLACES - 1);
    }
}
