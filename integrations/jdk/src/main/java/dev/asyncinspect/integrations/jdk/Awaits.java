package dev.asyncinspect.integrations.jdk;

import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.core.recorder.Recorder;
import dev.asyncinspect.core.recorder.ThreadIds;
import org.jspecify.annotations.Nullable;

/** Tells that the current thread begins to wait, and that it goes on; of threads of the JVM nothing. */
final class Awaits {

    /*
     * A platform thread has no polls, so an await ends its run. A virtual one tells by its polls when it does not run; but a pinned one
     * does not stop to be polled, so where it may be pinned the await says it too, which the end of a poll then only repeats.
     */

    private final Recorder recorder;

    Awaits(Recorder recorder) {
        this.recorder = recorder;
    }

    /**
     * The current thread gives the processor away.
     *
     * @param label what it waits by or at, null unknown; a label of the program goes before
     * @param resourceId what it waits for, 0 unknown
     */
    void stops(@Nullable String label, boolean timed, long resourceId) {
        stops(label, timed, resourceId, 0);
    }

    /** The current thread, a virtual one, gives the processor away and keeps its carrier; see {@link #stops}. */
    void stopsPinned(@Nullable String label, boolean timed, long resourceId) {
        stops(label, timed, resourceId, EventCodes.AWAIT_PINNED);
    }

    private void stops(@Nullable String label, boolean timed, long resourceId, int how) {
        if (JvmThreads.isOne(Thread.currentThread())) {
            return;
        }
        long now = recorder.now();
        long thread = ThreadIds.current();
        int traced = recorder.labels().of(thread);
        int symbol = traced == 0 ? recorder.symbol(label) : traced;
        recorder.awaitStart(now, thread, EventCodes.AWAIT_ENDS_POLL | how | flag(timed), symbol, resourceId);
    }

    /** The current thread is in a call that can wait; by what it stops in there, others tell. */
    void begins(String label, boolean timed) {
        begins(label, timed, 0);
    }

    /** The same, for something that has a number. */
    void begins(String label, boolean timed, long resourceId) {
        if (!JvmThreads.isOne(Thread.currentThread())) {
            long now = recorder.now();
            recorder.awaitStart(now, ThreadIds.current(), flag(timed), recorder.symbol(label), resourceId);
        }
    }

    /** The same, by a symbol; a label of the program goes before. */
    void begins(int symbol, boolean timed, long resourceId) {
        long now = recorder.now();
        long thread = ThreadIds.current();
        int traced = recorder.labels().of(thread);
        recorder.awaitStart(now, thread, flag(timed), traced == 0 ? symbol : traced, resourceId);
    }

    /** What was begun last is over. */
    void ends() {
        if (!JvmThreads.isOne(Thread.currentThread())) {
            long now = recorder.now();
            recorder.awaitEnd(now, ThreadIds.current(), 0, 0);
        }
    }

    private static int flag(boolean timed) {
        return timed ? EventCodes.AWAIT_TIMED : 0;
    }
}
