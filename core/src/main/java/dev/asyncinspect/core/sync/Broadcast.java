package dev.asyncinspect.core.sync;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Sends each value to everybody who has subscribed. Who is slow loses values, and is told how many; the sender never waits.
 *
 * @param <T> what is sent
 */
public final class Broadcast<T> implements AutoCloseable {

    private final String name;
    private final int capacity;
    private final List<Subscriber<T>> subscribers = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    /** With this name, and room for so many values for each who has subscribed. */
    public Broadcast(String name, int capacity) {
        this.name = name;
        this.capacity = capacity;
    }

    /** Gets every value that is sent from now on. */
    public Subscriber<T> subscribe() {
        Subscriber<T> subscriber = new Subscriber<>(this, Channel.bounded(name, capacity));
        subscribers.add(subscriber);
        if (closed) {
            subscriber.channel.close();
        }
        return subscriber;
    }

    /** Sends a value; how many got it. */
    public int send(T value) {
        int reached = 0;
        for (Subscriber<T> subscriber : subscribers) {
            if (subscriber.channel.trySend(value)) {
                reached++;
            } else {
                subscriber.lagged.incrementAndGet();
            }
        }
        return reached;
    }

    /** How many have subscribed. */
    public int subscriberCount() {
        return subscribers.size();
    }

    /** Nothing more will be sent; everybody gets what is under way. */
    @Override
    public void close() {
        closed = true;
        subscribers.forEach(subscriber -> subscriber.channel.close());
    }

    /**
     * One who has subscribed.
     *
     * @param <T> what is sent
     */
    public static final class Subscriber<T> implements AutoCloseable {
        private final Broadcast<T> from;
        private final Channel<T> channel;
        private final AtomicLong lagged = new AtomicLong();

        private Subscriber(Broadcast<T> from, Channel<T> channel) {
            this.from = from;
            this.channel = channel;
        }

        /** The next value, waiting for one; null if there will be none. */
        public @Nullable T receive() throws InterruptedException {
            return channel.receive();
        }

        /** How many values were lost because this one was slow. */
        public long lagged() {
            return lagged.get();
        }

        /** How it was used so far. */
        public ChannelMetrics metrics() {
            return channel.metrics();
        }

        /** Gets nothing more. */
        @Override
        public void close() {
            from.subscribers.remove(this);
            channel.close();
        }
    }
}
