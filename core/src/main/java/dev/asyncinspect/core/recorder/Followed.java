package dev.asyncinspect.core.recorder;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/** Which threads work on followed tasks: while not all tasks are followed, points and waits of the others are not told. */
public final class Followed {

    /* A thread counts up a place, found by its id, while it works on a followed task; nested tasks count it up again. No thread-local and no
     * table that could be full. Two threads that share a place are told too much rather than too little. Written by any thread, read by
     * any other; each only looks for what it wrote itself, so the order among threads does not matter.
     *
     * Nobody counts while all tasks are followed anyway. What threads work on at the moment when that changes is not told any further. */

    private static final int PLACES_LOG = 14;
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private volatile @Nullable AtomicIntegerArray counts;

    Followed() {}

    /** From now on threads count, or no longer need to. */
    public void isNeeded(boolean needed) {
        if (needed != (counts != null)) {
            counts = needed ? new AtomicIntegerArray(1 << PLACES_LOG) : null;
        }
    }

    /** The current thread works on a followed task; what to hand to {@link #leave}. */
    public long enter() {
        AtomicIntegerArray at = counts;
        if (at == null) {
            return 0;
        }
        long thread = ThreadIds.current();
        at.incrementAndGet(place(thread));
        return thread;
    }

    /** That thread no longer works on it. */
    public void leave(long entered) {
        AtomicIntegerArray at = counts;
        if (entered != 0 && at != null) {
            at.updateAndGet(place(entered), count -> Math.max(0, count - 1)); // it may have entered another table
        }
    }

    /** Whether what the current thread does is to be told. */
    public boolean isToBeTold() {
        AtomicIntegerArray at = counts;
        return at == null || at.get(place(ThreadIds.current())) > 0;
    }

    private static int place(long threadId) {
        return (int) ((threadId * GOLDEN) >>> (Long.SIZE - PLACES_LOG));
    }
}
