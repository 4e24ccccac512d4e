package dev.asyncinspect.core.sync;

import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.core.recorder.Recorder;
import dev.asyncinspect.core.recorder.ThreadIds;

/** What a lock, semaphore or channel tells the recorder about itself. */
final class Resource {

    /* Who takes it and gives it back is told of all tasks, also while only some are followed: half of the holders would be a wrong answer. Who
     * waits for it is told of followed tasks, as all acts of waiting. */

    private final Recorder recorder = Recorder.global();
    private final long id = recorder.newResourceId();
    private final int kind;
    private final int capacity;
    private final String name;

    Resource(int kind, String name, int capacity) {
        this.kind = kind;
        this.name = name;
        this.capacity = capacity;
    }

    long id() {
        return id;
    }

    boolean isOn() {
        return recorder.isOn();
    }

    /** The current task begins to wait; when. The resource is named again each time: the reader may have begun since. */
    long waits(boolean timed) {
        long now = recorder.now();
        if (recorder.tellsAwaits() && recorder.followed().isToBeTold()) {
            int symbol = recorder.symbol(name);
            int flags = EventCodes.AWAIT_ENDS_POLL | (timed ? EventCodes.AWAIT_TIMED : 0);
            recorder.resource(now, kind, capacity, symbol, id);
            recorder.awaitStart(now, ThreadIds.current(), flags, symbol, id);
        }
        return now;
    }

    /** The current task no longer waits; for how long it did. An end whose beginning was not told is passed over by the reader. */
    long waited(long since, boolean got, boolean threw) {
        long now = recorder.now();
        if (recorder.tellsAwaits() && recorder.followed().isToBeTold()) {
            int how = threw ? EventCodes.AWAIT_THREW : got ? EventCodes.AWAIT_GOT : EventCodes.AWAIT_TIMED_OUT;
            recorder.awaitEnd(now, ThreadIds.current(), how, id);
        }
        return now - since;
    }

    /** This thread, or the task that it runs, holds it. */
    void acquired(long threadId, int mode, int permits) {
        if (recorder.isOn()) {
            recorder.acquired(recorder.now(), threadId, mode, permits, 0, id);
        }
    }

    /** This thread, or the task that it runs, gave it back. */
    void released(long threadId, int mode, int permits) {
        if (recorder.isOn()) {
            recorder.released(recorder.now(), threadId, mode, permits, 0, id);
        }
    }
}
