package dev.asyncinspect.agent.recording;

import dev.asyncinspect.core.recorder.Recorder;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Takes events out of the rings of the recorder into the store, on a thread of our own. */
final class EventPump implements Runnable {

    /*
     * The pauses follow the traffic: 1 ms while much comes, up to 20 ms while little does. What a ring cannot hold in between
     * is dropped and counted there.
     */

    private static final long SHORTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int MUCH = 1000;

    private final Recorder recorder;
    private final EventStore store;
    private volatile boolean stopped;

    EventPump(Recorder recorder, EventStore store) {
        this.recorder = recorder;
        this.store = store;
    }

    @Override
    public void run() {
        long pause = SHORTEST_NANOS;
        while (!stopped) {
            int taken = recorder.drain(store);
            pause = taken >= MUCH ? SHORTEST_NANOS : Math.min(2 * pause, LONGEST_NANOS);
            LockSupport.parkNanos(this, pause);
        }
        recorder.drain(store); // what came while the hooks were taken out
    }

    void stop(Thread thread) {
        stopped = true;
        LockSupport.unpark(thread);
    }
}
