package dev.asyncinspect.core;

import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.core.recorder.Recorder;
import dev.asyncinspect.core.recorder.ThreadIds;
import java.util.concurrent.CancellationException;

/** What every tracked piece of work tells the recorder. An id of 0 is a task that is not followed; nothing is written for it. */
final class Tracking {

    /* Three readings of the clock for each task: created, begins, ends. To be submitted is told with the time of the creation. */

    private static final Recorder RECORDER = Inspector.RECORDER;

    private Tracking() {}

    /** A new task that somebody will run; its id, 0 if it is not followed. */
    static long submitted(int kind, String name) {
        if (!RECORDER.isOn()) {
            return 0;
        }
        long id = RECORDER.newTaskId();
        return Inspector.SAMPLING.takes(id) ? created(id, kind, name, true) : 0;
    }

    /** A new task that waits for somebody to begin it; its id, 0 if it is not followed. */
    static long created(int kind, String name) {
        if (!RECORDER.isOn()) {
            return 0;
        }
        long id = RECORDER.newTaskId();
        return Inspector.SAMPLING.takes(id) ? created(id, kind, name, false) : 0;
    }

    /** A thread that is a task: its id, 0 if it is not followed. */
    static long thread(Thread thread, int kind, String name) {
        if (!RECORDER.isOn()) {
            return 0;
        }
        long id = ThreadIds.of(thread);
        return Inspector.SAMPLING.takes(id) ? created(id, kind, name, true) : 0;
    }

    private static long created(long id, int kind, String name, boolean submitted) {
        long now = RECORDER.now();
        long creator = ThreadIds.current();
        RECORDER.created(now, id, kind, Sites.caller(), creator);
        RECORDER.named(now, id, RECORDER.symbol(name), kind == EventCodes.VIRTUAL_THREAD ? id : 0);
        if (submitted) {
            RECORDER.woken(now, id, EventCodes.SUBMITTED, creator);
        }
        return id;
    }

    /** The current thread runs this task from now on; what to hand to {@link #leaves} when it no longer does, whatever came of it. */
    static long begins(long id) {
        if (id == 0) {
            return 0;
        }
        RECORDER.pollStart(RECORDER.now(), id, ThreadIds.current());
        return RECORDER.followed().enter();
    }

    static void leaves(long entered) {
        RECORDER.followed().leave(entered);
    }

    /** The current thread gives the task up for now; it will be run again. */
    static void pauses(long id, int reason) {
        if (id != 0) {
            RECORDER.pollEnd(RECORDER.now(), id, reason, ThreadIds.current());
        }
    }

    static void completed(long id) {
        if (id != 0) {
            RECORDER.ended(RECORDER.now(), id, EventCodes.COMPLETED, 0);
        }
    }

    static void cancelled(long id) {
        if (id != 0) {
            RECORDER.ended(RECORDER.now(), id, EventCodes.CANCELLED, 0);
        }
    }

    /** A cancellation counts as cancelled, everything else as failed. */
    static void failed(long id, Throwable failure) {
        if (id != 0) {
            int outcome = failure instanceof CancellationException ? EventCodes.CANCELLED : EventCodes.FAILED;
            RECORDER.ended(RECORDER.now(), id, outcome, RECORDER.symbol(text(failure)));
        }
    }

    static void failed(long id, String why) {
        if (id != 0) {
            RECORDER.ended(RECORDER.now(), id, EventCodes.FAILED, RECORDER.symbol(why));
        }
    }

    /** Class and message; a message that throws when asked for is none. */
    private static String text(Throwable failure) {
        try {
            return failure.toString();
        } catch (RuntimeException | StackOverflowError e) {
            return failure.getClass().getName();
        }
    }
}
