package dev.asyncinspect.core.sync;

import org.jspecify.annotations.Nullable;

/**
 * A channel for one value.
 *
 * @param <T> what is sent
 */
public final class OneShot<T> implements AutoCloseable {

    private final Channel<T> channel;

    /** With this name. */
    public OneShot(String name) {
        channel = Channel.bounded(name, 1);
    }

    /** Its number among the resources. */
    public long resourceId() {
        return channel.resourceId();
    }

    /** Sends the value; false if one was sent already, or it was closed. */
    public boolean send(T value) {
        synchronized (channel) {
            boolean first = channel.trySend(value);
            if (first) {
                channel.close();
            }
            return first;
        }
    }

    /** The value, waiting for it; null if it was closed without one, or somebody else received it. */
    public @Nullable T receive() throws InterruptedException {
        return channel.receive();
    }

    /** There will be no value if none was sent so far. */
    @Override
    public void close() {
        channel.close();
    }

    /** How it was used so far. */
    public ChannelMetrics metrics() {
        return channel.metrics();
    }
}
