package dev.asyncinspect.core.recorder;

import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.core.event.EventDecoder;
import dev.asyncinspect.core.event.EventHandler;
import dev.asyncinspect.core.event.EventLayout;
import dev.asyncinspect.core.event.SlotSink;
import java.util.Arrays;

/** Somebody who wants every event from now on, on a thread of its own; one who is slow loses events and is told how many. */
public final class Subscription implements SlotSink, AutoCloseable {

    /* The thread that drains the rings must not wait for a subscriber, so there is a bounded queue between. It is filled and emptied by
     * whole batches, under a lock that is held for copying only. */

    private static final int DEFAULT_EVENTS = 1 << 16;

    private final EventHandler to;
    private final Runnable onClose;
    private final int capacity;
    private final Thread thread;
    private final Object lock = new Object();
    private SlotBatch filling = new SlotBatch();
    private SlotBatch handing = new SlotBatch();
    private long lost;
    private long lastNanos;
    private boolean closed;

    Subscription(EventHandler to, Runnable onClose) {
        this(to, onClose, DEFAULT_EVENTS);
    }

    Subscription(EventHandler to, Runnable onClose, int capacity) {
        this.to = to;
        this.onClose = onClose;
        this.capacity = capacity;
        thread = new Thread(this::hand, "async-inspect-subscriber");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void slot(long head, long nanos, long taskId, long argument) {
        synchronized (lock) {
            lastNanos = nanos;
            if (filling.size() >= capacity) {
                lost++;
                return;
            }
            filling.slot(head, nanos, taskId, argument);
            if (filling.size() == 1) {
                lock.notifyAll();
            }
        }
    }

    /** No more events; those that are under way may still come. A throwable of the handler does the same. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            lock.notifyAll();
        }
        onClose.run();
    }

    private void hand() {
        try {
            while (true) {
                long missing;
                long nanos;
                synchronized (lock) {
                    while (filling.size() == 0 && lost == 0 && !closed) {
                        lock.wait();
                    }
                    if (filling.size() == 0 && lost == 0) {
                        return;
                    }
                    SlotBatch full = filling;
                    filling = handing;
                    handing = full;
                    missing = lost;
                    nanos = lastNanos;
                    lost = 0;
                }
                handing.forEach((head, at, taskId, argument) -> EventDecoder.decode(head, at, taskId, argument, to));
                handing.clear();
                if (missing > 0) {
                    to.dropped(nanos, EventCodes.SLOW_READER, missing);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // somebody ends our thread: the subscription ends with it
        } finally {
            onClose.run();
        }
    }

    /** Events in the order in which they came. */
    private static final class SlotBatch implements SlotSink {
        private long[] words = new long[64 * EventLayout.WORDS];
        private int used;

        @Override
        public void slot(long head, long nanos, long taskId, long argument) {
            if (used == words.length) {
                words = Arrays.copyOf(words, used * 2);
            }
            words[used] = head;
            words[used + 1] = nanos;
            words[used + 2] = taskId;
            words[used + 3] = argument;
            used += EventLayout.WORDS;
        }

        void forEach(SlotSink sink) {
            for (int at = 0; at < used; at += EventLayout.WORDS) {
                sink.slot(words[at], words[at + 1], words[at + 2], words[at + 3]);
            }
        }

        int size() {
            return used / EventLayout.WORDS;
        }

        void clear() {
            used = 0;
        }
    }
}
