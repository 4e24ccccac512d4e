package dev.asyncinspect.core.sync;

/**
 * How a channel was used since it exists.
 *
 * @param sent values sent
 * @param received values received
 * @param buffered values that are in it now
 * @param sendWaits how often a sender had to wait for room
 * @param receiveWaits how often a receiver had to wait for a value
 * @param sendWaitNanos sum of these waits of senders
 * @param receiveWaitNanos sum of these waits of receivers
 * @param closed true if nothing more can be sent
 */
public record ChannelMetrics(
        long sent,
        long received,
        int buffered,
        long sendWaits,
        long receiveWaits,
        long sendWaitNanos,
        long receiveWaitNanos,
        boolean closed) {

    /** For which part of the values a sender had to wait for room. */
    public double sendWaitRate() {
        return sent == 0 ? 0 : (double) sendWaits / sent;
    }

    /** For which part of the values a receiver had to wait. */
    public double receiveWaitRate() {
        return received == 0 ? 0 : (double) receiveWaits / received;
    }
}
