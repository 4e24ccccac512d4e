package dev.asyncinspect.core.event;

/** Writes events as the four longs of {@link EventLayout}; where to is up to the subclass. */
public abstract class EventEncoder implements EventHandler, SlotSink {

    /** For subclasses, which say where the longs go. */
    protected EventEncoder() {}

    @Override
    public final void created(long nanos, long taskId, int kind, int site, long parentId) {
        slot(EventLayout.head(EventLayout.CREATED, kind, 0, site), nanos, taskId, parentId);
    }

    @Override
    public final void named(long nanos, long taskId, int name, long runtimeId) {
        slot(EventLayout.head(EventLayout.NAMED, 0, 0, name), nanos, taskId, runtimeId);
    }

    @Override
    public final void pollStart(long nanos, long taskId, long threadId) {
        slot(EventLayout.head(EventLayout.POLL_START, 0, 0, 0), nanos, taskId, threadId);
    }

    /** The same without a word on what it waits for. */
    public final void pollEnd(long nanos, long taskId, int reason, long threadId) {
        pollEnd(nanos, taskId, reason, 0, threadId);
    }

    @Override
    public final void pollEnd(long nanos, long taskId, int reason, int label, long threadId) {
        slot(EventLayout.head(EventLayout.POLL_END, reason, 0, label), nanos, taskId, threadId);
    }

    @Override
    public final void awaitStart(long nanos, long taskId, int flags, int label, long resourceId) {
        slot(EventLayout.head(EventLayout.AWAIT_START, flags, 0, label), nanos, taskId, resourceId);
    }

    @Override
    public final void awaitEnd(long nanos, long taskId, int how, long resourceId) {
        slot(EventLayout.head(EventLayout.AWAIT_END, how, 0, 0), nanos, taskId, resourceId);
    }

    @Override
    public final void woken(long nanos, long taskId, int how, long wakerId) {
        slot(EventLayout.head(EventLayout.WOKEN, how, 0, 0), nanos, taskId, wakerId);
    }

    @Override
    public final void ended(long nanos, long taskId, int outcome, int throwable) {
        slot(EventLayout.head(EventLayout.ENDED, outcome, 0, throwable), nanos, taskId, 0);
    }

    @Override
    public final void acquired(long nanos, long taskId, int mode, int permits, int site, long resourceId) {
        slot(EventLayout.head(EventLayout.ACQUIRED, mode, permits, site), nanos, taskId, resourceId);
    }

    @Override
    public final void released(long nanos, long taskId, int mode, int permits, int site, long resourceId) {
        slot(EventLayout.head(EventLayout.RELEASED, mode, permits, site), nanos, taskId, resourceId);
    }

    @Override
    public final void point(long nanos, long taskId, int label, long message) {
        slot(EventLayout.head(EventLayout.POINT, 0, 0, label), nanos, taskId, message);
    }

    @Override
    public final void linked(long nanos, long taskId, int how, int label, long otherId) {
        slot(EventLayout.head(EventLayout.LINKED, how, 0, label), nanos, taskId, otherId);
    }

    @Override
    public final void resource(long nanos, int kind, int capacity, int name, long resourceId) {
        slot(EventLayout.head(EventLayout.RESOURCE, kind, capacity, name), nanos, 0, resourceId);
    }

    @Override
    public final void dropped(long nanos, int why, long events) {
        slot(EventLayout.head(EventLayout.DROPPED, why, 0, 0), nanos, 0, events);
    }

    @Override
    public final void clock(long nanos, long epochNanos) {
        slot(EventLayout.head(EventLayout.CLOCK, 0, 0, 0), nanos, 0, epochNanos);
    }
}
