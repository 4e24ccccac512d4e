package dev.asyncinspect.core.recorder;

import dev.asyncinspect.core.event.EventLayout;
import dev.asyncinspect.core.event.SlotSink;
import java.util.Arrays;

/** Events as they came out of the rings, to be handed on in the order of time. Not for several threads. */
final class SlotBuffer implements SlotSink {

    /* A ring is in order for each thread; several rings are merged by sorting what is there. The key of an event is its distance in time from
     * the oldest one and its place in the buffer, in one long: so equal times keep the order in which one thread wrote them.
     *
     * An event younger than the moment at which the rings were looked at is kept back: an older one may follow from a ring that was
     * looked at before. What a descheduled thread writes still later comes late; the fold bears that. */

    private static final int FIRST_CAPACITY = 1024;
    private static final int PLACE_BITS = 22;
    private static final long MAX_DISTANCE = (1L << (63 - PLACE_BITS)) - 1;

    private long[] words = new long[FIRST_CAPACITY * EventLayout.WORDS];
    private long[] keys = new long[FIRST_CAPACITY];
    private int size;

    @Override
    public void slot(long head, long nanos, long taskId, long argument) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, size * 2);
            words = Arrays.copyOf(words, words.length * 2);
        }
        int at = size * EventLayout.WORDS;
        words[at] = head;
        words[at + 1] = nanos;
        words[at + 2] = taskId;
        words[at + 3] = argument;
        size++;
    }

    /** Hands on what happened before this moment, oldest first, and keeps the rest. */
    void drain(long beforeNanos, SlotSink to) {
        long base = Long.MAX_VALUE;
        for (int i = 0; i < size; i++) {
            base = Math.min(base, nanos(i));
        }
        int ready = 0;
        int kept = 0;
        boolean sorted = true; // as it is if few threads tell: sorting would load classes while the program begins
        for (int i = 0; i < size; i++) {
            if (nanos(i) < beforeNanos) {
                keys[ready] = (Math.min(nanos(i) - base, MAX_DISTANCE) << PLACE_BITS) | i;
                sorted &= ready == 0 || keys[ready - 1] < keys[ready];
                ready++;
            }
        }
        if (!sorted) {
            Arrays.sort(keys, 0, ready);
        }
        for (int k = 0; k < ready; k++) {
            int at = (int) (keys[k] & ((1 << PLACE_BITS) - 1)) * EventLayout.WORDS;
            to.slot(words[at], words[at + 1], words[at + 2], words[at + 3]);
        }
        for (int i = 0; i < size; i++) {
            if (nanos(i) >= beforeNanos) {
                System.arraycopy(words, i * EventLayout.WORDS, words, kept * EventLayout.WORDS, EventLayout.WORDS);
                kept++;
            }
        }
        size = kept;
    }

    int size() {
        return size;
    }

    private long nanos(int place) {
        return words[place * EventLayout.WORDS + 1];
    }
}
