package dev.asyncinspect.core.recorder;

import dev.asyncinspect.core.event.EventLayout;
import dev.asyncinspect.core.event.SlotSink;
import java.util.ArrayDeque;

/** The last events, within a fixed amount of memory: the oldest make room, and are counted. Not for several threads. */
final class FlightRecorder implements SlotSink {

    static final int CHUNK_EVENTS = 2048;
    static final int CHUNK_BYTES = CHUNK_EVENTS * EventLayout.WORDS * Long.BYTES;

    private final int maxChunks;
    private final ArrayDeque<long[]> chunks = new ArrayDeque<>();
    private long[] last = new long[0];
    private int used;
    private long evicted;

    /** Keeps one chunk of 64 KB at least. */
    FlightRecorder(long maxBytes) {
        maxChunks = (int) Math.max(1, Math.min(Integer.MAX_VALUE, maxBytes / CHUNK_BYTES));
    }

    @Override
    public void slot(long head, long nanos, long taskId, long argument) {
        if (used == last.length) {
            next();
        }
        last[used] = head;
        last[used + 1] = nanos;
        last[used + 2] = taskId;
        last[used + 3] = argument;
        used += EventLayout.WORDS;
    }

    private void next() {
        if (chunks.size() >= maxChunks) {
            evicted += CHUNK_EVENTS;
            last = chunks.remove(); // used again: nothing is allocated once the recorder is full
        } else {
            last = new long[CHUNK_EVENTS * EventLayout.WORDS];
        }
        chunks.add(last);
        used = 0;
    }

    /** Hands over all that is kept, oldest first. */
    void forEach(SlotSink to) {
        int number = 0;
        for (long[] chunk : chunks) {
            int end = ++number == chunks.size() ? used : chunk.length;
            for (int at = 0; at < end; at += EventLayout.WORDS) {
                to.slot(chunk[at], chunk[at + 1], chunk[at + 2], chunk[at + 3]);
            }
        }
    }

    /** When the oldest event that is kept happened; 0 if there is none. */
    long beginNanos() {
        long[] first = chunks.peek();
        return first == null ? 0 : first[1];
    }

    /** How many events made room for younger ones. */
    long evicted() {
        return evicted;
    }

    int size() {
        return chunks.isEmpty() ? 0 : (chunks.size() - 1) * CHUNK_EVENTS + used / EventLayout.WORDS;
    }

    void clear() {
        chunks.clear();
        last = new long[0];
        used = 0;
        evicted = 0;
    }
}
