package dev.asyncinspect.core.event;

/** Takes events as the four longs of {@link EventLayout}. */
@FunctionalInterface
public interface SlotSink {

    /** One event. */
    void slot(long head, long nanos, long taskId, long argument);
}
