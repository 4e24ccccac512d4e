package dev.asyncinspect.integrations.jdk;

import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.core.recorder.Recorder;
import dev.asyncinspect.core.recorder.ThreadIds;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** Which threads wait for the end of a virtual thread. That is a latch, and looks like one of the program's. */
final class Joins {

    /*
     * Such a latch could be given a number like others; but every thread that is joined makes a new one, for one wait, and a number costs
     * an entry that the collector must clear, a look-up whenever somebody parks there, and two events. What it stands for is the end of a
     * thread, which has a number: the joiner is linked to that.
     *
     * A place belongs to the thread that is in it. Two whose ids meet in one place are possible and rare: the second takes it, and the
     * latch of the first is told as a latch.
     */

    private static final int PLACES = 1 << 12;
    private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);
    private static final @Nullable Class<?> CARRIER = Insides.type("jdk.internal.misc.CarrierThread");

    private final Recorder recorder;
    private final long[] joining = new long[PLACES];

    Joins(Recorder recorder) {
        this.recorder = recorder;
    }

    /** The current thread is going to wait for the end of a virtual thread. */
    void begins(Thread joined) {
        long joiner = ThreadIds.current();
        LONGS.setOpaque(joining, place(joiner), joiner);
        recorder.linked(recorder.now(), joiner, EventCodes.AWAITS, 0, ThreadIds.of(joined));
    }

    /** The current thread no longer waits for one. */
    void ends() {
        long joiner = ThreadIds.current();
        if (isJoining(joiner)) {
            LONGS.setOpaque(joining, place(joiner), 0L);
        }
    }

    /** Whether a latch at which this thread parks is the end of a virtual thread. */
    boolean isJoining(long threadId) {
        return (long) LONGS.getOpaque(joining, place(threadId)) == threadId;
    }

    /** Whether what the current thread signals is the end of a virtual thread: carriers count down nothing else. */
    static boolean isEnd() {
        return Thread.currentThread().getClass() == CARRIER;
    }

    private static int place(long threadId) {
        return (int) threadId & (PLACES - 1);
    }
}
