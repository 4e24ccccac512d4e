package dev.asyncinspect.integrations.jdk;

import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.core.recorder.Recorder;
import dev.asyncinspect.integrations.jdk.TaskTable.Entry;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What is told of a future that somebody waits for: its number, and the task that holds it because that is going to complete it. */
final class AwaitedFuture {

    /*
     * Made by who waits first, and told by him. Meanwhile the task may end, which gives the future back:
     *
     *   UNTOLD ──► TELLING ──► TOLD ──► OVER     who ends it tells that it is given back
     *     │           └──► OVER                  who was telling does so afterwards
     *     └──► OVER                              nobody heard of it, and nobody will
     *
     * If two threads begin to wait at the same time, the second one's await can be older than the name of what it waits for.
     */

    /** In the place of one: the task has ended, and the future needs no number any more. */
    static final AwaitedFuture NONE = new AwaitedFuture(0, 0, 0);

    private static final int UNTOLD = 0;
    private static final int TELLING = 1;
    private static final int TOLD = 2;
    private static final int OVER = 3;

    final long resourceId;
    private final long work;
    private final int name;

    /** One of the states above. Written by who waits and by who ends the task, each step by one of them. */
    private final AtomicInteger state = new AtomicInteger(UNTOLD);

    /** Symbol of what is said of who waits for it, 0 if only that. Written by who sends what it is the answer to, read by who waits. */
    volatile int label;

    private AwaitedFuture(long resourceId, long work, int name) {
        this.resourceId = resourceId;
        this.work = work;
        this.name = name;
    }

    /** That of a task, or of what completes a future; null if it is over. */
    static @Nullable AwaitedFuture of(Entry entry, Recorder recorder) {
        AwaitedFuture known = entry.future();
        if (known == null) {
            known = entry.isAwaited(new AwaitedFuture(recorder.newResourceId(), entry.taskId, entry.code));
        }
        return known == NONE ? null : known;
    }

    /** The task has ended, or the future is complete. */
    static void over(Entry entry, Recorder recorder) {
        AwaitedFuture known = entry.isNoLongerAwaited();
        if (known != null && known != NONE && known.state.getAndSet(OVER) == TOLD) {
            known.released(recorder);
        }
    }

    /** Tells of it, unless that was done. */
    void tell(Recorder recorder) {
        if (state.get() != UNTOLD || !state.compareAndSet(UNTOLD, TELLING)) {
            return;
        }
        long now = recorder.now();
        recorder.resource(now, EventCodes.FUTURE, 0, name, resourceId);
        if (work != 0) {
            recorder.acquired(now, work, EventCodes.EXCLUSIVE, 0, 0, resourceId);
        }
        if (!state.compareAndSet(TELLING, TOLD)) {
            released(recorder);
        }
    }

    private void released(Recorder recorder) {
        if (work != 0) {
            recorder.released(recorder.now(), work, EventCodes.EXCLUSIVE, 0, 0, resourceId);
        }
    }
}
