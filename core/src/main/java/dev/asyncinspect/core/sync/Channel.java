package dev.asyncinspect.core.sync;

import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.core.recorder.ThreadIds;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A queue with a name between tasks that send and tasks that receive. Once closed it takes nothing more, and gives what is in it.
 *
 * @param <T> what is sent
 */
public final class Channel<T> implements AutoCloseable {

    private final Resource resource;
    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notFull = lock.newCondition();
    private final Condition notEmpty = lock.newCondition();
    /** Guarded by the lock, as all below. */
    private final ArrayDeque<T> values = new ArrayDeque<>();

    private final Usage sendWaits = new Usage();
    private final Usage receiveWaits = new Usage();
    private long sent;
    private long received;
    private boolean closed;

    private Channel(String name, int capacity) {
        this.capacity = capacity;
        resource = new Resource(EventCodes.QUEUE, name, capacity == Integer.MAX_VALUE ? 0 : capacity);
    }

    /** A channel with room for so many values: who sends more waits. */
    public static <T> Channel<T> bounded(String name, int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("a channel has room for 1 value or more: " + capacity);
        }
        return new Channel<>(name, capacity);
    }

    /** A channel that nobody waits to send to. */
    public static <T> Channel<T> unbounded(String name) {
        return new Channel<>(name, Integer.MAX_VALUE);
    }

    /** Its number among the resources. */
    public long resourceId() {
        return resource.id();
    }

    /** Sends a value, and waits for room; false if the channel is closed. */
    public boolean send(T value) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (values.size() >= capacity && !closed) {
                Waiting.told(resource, false, sendWaits, () -> {
                    while (values.size() >= capacity && !closed) {
                        notFull.await();
                    }
                    return true;
                });
            }
            return add(value);
        } finally {
            lock.unlock();
        }
    }

    /** Sends a value if there is room and the channel is open. */
    public boolean trySend(T value) {
        lock.lock();
        try {
            return values.size() < capacity && add(value);
        } finally {
            lock.unlock();
        }
    }

    private boolean add(T value) {
        if (closed) {
            return false;
        }
        values.add(value);
        sent++;
        resource.released(ThreadIds.current(), EventCodes.SIGNAL, 0);
        notEmpty.signal();
        return true;
    }

    /** The next value, waiting for one; null if the channel is closed and empty. */
    public @Nullable T receive() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (values.isEmpty() && !closed) {
                Waiting.told(resource, false, receiveWaits, () -> {
                    while (values.isEmpty() && !closed) {
                        notEmpty.await();
                    }
                    return true;
                });
            }
            return take();
        } finally {
            lock.unlock();
        }
    }

    /** The next value; null if there is none now. */
    public @Nullable T tryReceive() {
        lock.lock();
        try {
            return take();
        } finally {
            lock.unlock();
        }
    }

    private @Nullable T take() {
        T value = values.poll();
        if (value != null) {
            received++;
            notFull.signal();
        }
        return value;
    }

    /** Nothing more can be sent; who waits goes on. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            resource.released(ThreadIds.current(), EventCodes.SIGNAL, 0);
            notEmpty.signalAll();
            notFull.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How it was used so far. */
    public ChannelMetrics metrics() {
        lock.lock();
        try {
            LockMetrics sends = sendWaits.metrics(sent);
            LockMetrics receives = receiveWaits.metrics(received);
            return new ChannelMetrics(
                    sent,
                    received,
                    values.size(),
                    sends.contentions(),
                    receives.contentions(),
                    sends.waitNanos(),
                    receives.waitNanos(),
                    closed);
        } finally {
            lock.unlock();
        }
    }
}
