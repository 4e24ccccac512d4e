package dev.asyncinspect.core.recorder;

import dev.asyncinspect.core.event.EventLayout;
import dev.asyncinspect.core.event.SlotSink;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** A bounded buffer of events: any thread writes, one thread reads, who finds it full drops and counts. */
final class Ring {

    /* Slots of four longs. A writer claims a slot by moving the tail, fills it, and publishes it by its first word, which is never 0 once
     * written. The reader takes slots in order until it meets a first word that is still 0, sets those it took to 0, and moves the head.
     *
     *     head                    tail
     *      v                       v
     *   0  A  B  C  (claimed)  D   0  0        the reader takes A, B, C and stops: D waits for the slot before it
     *
     * A claim is a compare-and-set and not an addition: an addition cannot be taken back when the ring is full.
     *
     * Memory modes, and what pairs:
     *  - first word: release by the writer, acquire by the reader: who sees it sees the other three.
     *  - head: release by the reader, acquire by writers: who sees it moved sees the slot emptied, so its own publication comes after.
     *  - tail: nothing is published by it; the compare-and-set only makes a claim unique; acquire is the weakest exchange there is. It is
     *    read opaque: a stale tail fails the compare-and-set, and a stale head only makes the ring look fuller.
     *
     * The last part is kept for the ends of tasks, so that a flood of other events cannot make a task look alive for ever.
     *
     * A writer that is descheduled between claim and publication holds back what other threads wrote to this ring after it, until it runs
     * again: then the ring fills and drops. Rings are striped by thread, so that few threads share one. It cannot die there: what follows the
     * claim allocates nothing, and needs no more stack than the claim itself did.
     *
     * Alternatives that lost: a ring per thread (a million virtual threads), a ring per carrier (a thread cannot ask for its carrier from
     * outside the JDK). JCTools' MpscArrayQueue is the same idea with references, which would have to be allocated.
     */

    static final int WRITTEN = 0;
    /** Written, and the ring is half full with it: the reader should come. */
    static final int HALF_FULL = 1;
    /** Not written, for want of room, and counted. */
    static final int FULL = 2;

    /** Positions of tail, head and count of drops, each alone in its cache lines (two, for the prefetcher). */
    private static final int TAIL = 16;

    private static final int HEAD = 32;
    private static final int DROPPED = 48;
    private static final int LINES = 64;

    private static final int RESERVED_PART = 8;

    /** The reader makes room for writers every so many slots. */
    private static final int HEAD_STEP = 64;

    private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);

    private final long[] slots;
    private final long[] lines = new long[LINES];
    private final long mask;
    private final long capacity;
    private final long capacityForOthers;

    Ring(int capacity) {
        if (capacity < RESERVED_PART || Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException("capacity must be a power of two, 8 or more: " + capacity);
        }
        slots = new long[capacity * EventLayout.WORDS];
        mask = capacity - 1L;
        this.capacity = capacity;
        capacityForOthers = (long) capacity - capacity / RESERVED_PART;
    }

    /** Writes an event; how that went. Any thread. */
    int offer(long first, long nanos, long taskId, long argument) {
        long limit = EventLayout.isEnd(first) ? capacity : capacityForOthers;
        long tail = tailOpaque();
        while (true) {
            if (tail - headAcquire() >= limit) {
                countDrop();
                return FULL;
            }
            long seen = exchangeTail(tail);
            if (seen == tail) {
                break;
            }
            tail = seen;
        }
        int at = (int) (tail & mask) * EventLayout.WORDS;
        slots[at + 1] = nanos;
        slots[at + 2] = taskId;
        slots[at + 3] = argument;
        publishRelease(at, first);
        return ((tail + 1) & (mask >>> 1)) == 0 ? HALF_FULL : WRITTEN;
    }

    /** Hands over what is there, oldest first, and says how many. The reading thread only. */
    int drain(SlotSink to) {
        long head = headPlain();
        int taken = 0;
        while (taken < capacity) {
            int at = (int) (head & mask) * EventLayout.WORDS;
            long first = firstAcquire(at);
            if (first == 0) {
                break;
            }
            to.slot(first, slots[at + 1], slots[at + 2], slots[at + 3]);
            slots[at] = 0;
            head++;
            taken++;
            if (taken % HEAD_STEP == 0) {
                headRelease(head);
            }
        }
        headRelease(head);
        return taken;
    }

    /** How many events found no room so far. Any thread; exact once the writers have stopped. */
    long dropped() {
        return (long) LONGS.getOpaque(lines, DROPPED);
    }

    private long tailOpaque() {
        return (long) LONGS.getOpaque(lines, TAIL);
    }

    private long exchangeTail(long expected) {
        return (long) LONGS.compareAndExchangeAcquire(lines, TAIL, expected, expected + 1);
    }

    private long headAcquire() {
        return (long) LONGS.getAcquire(lines, HEAD);
    }

    private long headPlain() {
        return lines[HEAD];
    }

    private void headRelease(long head) {
        LONGS.setRelease(lines, HEAD, head);
    }

    private long firstAcquire(int at) {
        return (long) LONGS.getAcquire(slots, at);
    }

    private void publishRelease(int at, long first) {
        LONGS.setRelease(slots, at, first);
    }

    private void countDrop() {
        LONGS.getAndAddAcquire(lines, DROPPED, 1L);
    }
}
