package dev.asyncinspect.agent.recording;

import dev.asyncinspect.core.event.EventLayout;
import dev.asyncinspect.core.event.SlotSink;
import java.util.ArrayDeque;

/** The events of the last while, as many as fit the budget: the flight recorder. The oldest make room for the newest. */
final class EventStore implements SlotSink {

    /*
     * Events are numbered from 0. Readers name the number they want next; what is kept no longer is told to them as missed,
     * so a slow reader loses data and knows how much, and nobody waits for it. Two threads of ours share the lock: the pump
     * and the link. Chunks are made as needed, so a quiet program pays for what it does.
     */

    static final int EVENTS_PER_CHUNK = 2048;

    private final int maxChunks;
    private final ArrayDeque<long[]> chunks = new ArrayDeque<>(); // guarded by this
    private long first; // number of the oldest event kept; guarded by this
    private long next; // number of the next event to come; guarded by this

    EventStore(long maxBytes) {
        maxChunks = (int) Math.max(2, maxBytes / ((long) EVENTS_PER_CHUNK * EventLayout.WORDS * Long.BYTES));
    }

    @Override
    public synchronized void slot(long head, long nanos, long taskId, long argument) {
        int place = (int) (next % EVENTS_PER_CHUNK) * EventLayout.WORDS;
        if (place == 0) {
            chunks.addLast(room());
        }
        long[] chunk = chunks.getLast();
        chunk[place] = head;
        chunk[place + 1] = nanos;
        chunk[place + 2] = taskId;
        chunk[place + 3] = argument;
        next++;
    }

    private long[] room() {
        if (chunks.size() < maxChunks) {
            return new long[EVENTS_PER_CHUNK * EventLayout.WORDS];
        }
        first += EVENTS_PER_CHUNK;
        return chunks.removeFirst();
    }

    /** How many events came in all. */
    synchronized long count() {
        return next;
    }

    /** The number from which on a reader that wants this one can be served. */
    synchronized long available(long from) {
        return Math.max(first, Math.min(from, next));
    }

    /** The words of at most so many events from that number on, which must be available; fewer if it moved away meanwhile. */
    synchronized long[] read(long from, int max) {
        int count = (int) Math.max(0, Math.min(max, next - from));
        if (from < first) {
            return new long[0];
        }
        long[] words = new long[count * EventLayout.WORDS];
        int done = 0;
        long skipped = from - first;
        for (long[] chunk : chunks) {
            if (skipped >= EVENTS_PER_CHUNK) {
                skipped -= EVENTS_PER_CHUNK;
                continue;
            }
            int part = Math.min(count - done, EVENTS_PER_CHUNK - (int) skipped);
            System.arraycopy(
                    chunk,
                    (int) skipped * EventLayout.WORDS,
                    words,
                    done * EventLayout.WORDS,
                    part * EventLayout.WORDS);
            done += part;
            skipped = 0;
            if (done == count) {
                break;
            }
        }
        return words;
    }
}
