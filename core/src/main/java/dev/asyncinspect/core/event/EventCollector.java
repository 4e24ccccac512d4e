package dev.asyncinspect.core.event;

import java.util.function.Consumer;

/** Makes an {@link Event} of each call: for readers that keep events, and for tests. */
public final class EventCollector implements EventHandler {

    private final Consumer<? super Event> to;

    /**
     * Keeps nothing itself.
     *
     * @param to gets every event
     */
    public EventCollector(Consumer<? super Event> to) {
        this.to = to;
    }

    @Override
    public void created(long nanos, long taskId, int kind, int site, long parentId) {
        to.accept(new Event.Created(nanos, taskId, kind, site, parentId));
    }

    @Override
    public void named(long nanos, long taskId, int name, long runtimeId) {
        to.accept(new Event.Named(nanos, taskId, name, runtimeId));
    }

    @Override
    public void pollStart(long nanos, long taskId, long threadId) {
        to.accept(new Event.PollStart(nanos, taskId, threadId));
    }

    @Override
    public void pollEnd(long nanos, long taskId, int reason, int label, long threadId) {
        to.accept(new Event.PollEnd(nanos, taskId, reason, label, threadId));
    }

    @Override
    public void awaitStart(long nanos, long taskId, int flags, int label, long resourceId) {
        to.accept(new Event.AwaitStart(nanos, taskId, flags, label, resourceId));
    }

    @Override
    public void awaitEnd(long nanos, long taskId, int how, long resourceId) {
        to.accept(new Event.AwaitEnd(nanos, taskId, how, resourceId));
    }

    @Override
    public void woken(long nanos, long taskId, int how, long wakerId) {
        to.accept(new Event.Woken(nanos, taskId, how, wakerId));
    }

    @Override
    public void ended(long nanos, long taskId, int outcome, int throwable) {
        to.accept(new Event.Ended(nanos, taskId, outcome, throwable));
    }

    @Override
    public void acquired(long nanos, long taskId, int mode, int permits, int site, long resourceId) {
        to.accept(new Event.Acquired(nanos, taskId, mode, permits, site, resourceId));
    }

    @Override
    public void released(long nanos, long taskId, int mode, int permits, int site, long resourceId) {
        to.accept(new Event.Released(nanos, taskId, mode, permits, site, resourceId));
    }

    @Override
    public void point(long nanos, long taskId, int label, long message) {
        to.accept(new Event.Point(nanos, taskId, label, message));
    }

    @Override
    public void linked(long nanos, long taskId, int how, int label, long otherId) {
        to.accept(new Event.Linked(nanos, taskId, how, label, otherId));
    }

    @Override
    public void resource(long nanos, int kind, int capacity, int name, long resourceId) {
        to.accept(new Event.ResourceNamed(nanos, kind, capacity, name, resourceId));
    }

    @Override
    public void dropped(long nanos, int why, long events) {
        to.accept(new Event.Dropped(nanos, why, events));
    }

    @Override
    public void clock(long nanos, long epochNanos) {
        to.accept(new Event.Clock(nanos, epochNanos));
    }
}
