package dev.asyncinspect.core.event;

/**
 * One method for each kind of event, in primitive arguments so that nothing is allocated; none has a default, so that a new kind breaks
 * every consumer at compile time. What the arguments mean is in {@link EventLayout}, the codes are in {@link EventCodes}.
 */
public interface EventHandler {

    /** A task exists. */
    void created(long nanos, long taskId, int kind, int site, long parentId);

    /** A task has a name. */
    void named(long nanos, long taskId, int name, long runtimeId);

    /** A task runs. */
    void pollStart(long nanos, long taskId, long threadId);

    /** A task stops running. */
    void pollEnd(long nanos, long taskId, int reason, int label, long threadId);

    /** A task begins to wait. */
    void awaitStart(long nanos, long taskId, int flags, int label, long resourceId);

    /** A task no longer waits. */
    void awaitEnd(long nanos, long taskId, int how, long resourceId);

    /** A task has become runnable. */
    void woken(long nanos, long taskId, int how, long wakerId);

    /** A task is over. */
    void ended(long nanos, long taskId, int outcome, int throwable);

    /** A task holds a resource. */
    void acquired(long nanos, long taskId, int mode, int permits, int site, long resourceId);

    /** A task gave a resource back, or signalled it. */
    void released(long nanos, long taskId, int mode, int permits, int site, long resourceId);

    /** A task came by a point that the program named. */
    void point(long nanos, long taskId, int label, long message);

    /** A task has to do with another. */
    void linked(long nanos, long taskId, int how, int label, long otherId);

    /** A resource exists. */
    void resource(long nanos, int kind, int capacity, int name, long resourceId);

    /** Events are missing here. */
    void dropped(long nanos, int why, long events);

    /** What time it was. */
    void clock(long nanos, long epochNanos);
}
