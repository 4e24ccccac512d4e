package dev.asyncinspect.core.recorder;

import dev.asyncinspect.core.event.SlotSink;
import java.util.concurrent.atomic.AtomicLong;

/** A ring as one would write it in a hurry: reads the tail and then moves it, so that two writers can claim the same slot. */
final class RacySlots implements Slots {

    private static final int CAPACITY = 7;

    private final long[] slots = new long[64 * 4];
    private volatile int tail;
    private volatile int head;
    private final AtomicLong dropped = new AtomicLong();

    @Override
    public boolean offer(long first, long nanos, long taskId, long argument) {
        int at = tail;
        if (at - head >= CAPACITY) {
            dropped.incrementAndGet();
            return false;
        }
        slots[at * 4 + 1] = nanos;
        slots[at * 4 + 2] = taskId;
        slots[at * 4 + 3] = argument;
        slots[at * 4] = first;
        tail = at + 1;
        return true;
    }

    @Override
    public void drain(SlotSink to) {
        for (int at = head; at < tail; at++) {
            to.slot(slots[at * 4], slots[at * 4 + 1], slots[at * 4 + 2], slots[at * 4 + 3]);
            head = at + 1;
        }
    }

    @Override
    public long dropped() {
        return dropped.get();
    }
}
