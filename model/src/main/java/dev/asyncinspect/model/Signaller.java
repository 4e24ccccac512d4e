package dev.asyncinspect.model;

/**
 * A task that signalled a resource, such as a latch that it counted down, or gave back what it held of it.
 *
 * @param taskId who
 * @param times how often
 * @param lastNanos when it did last, from the beginning of the recording
 */
public record Signaller(long taskId, long times, long lastNanos) {

    Signaller again(long nanos) {
        return new Signaller(taskId, times + 1, nanos);
    }
}
