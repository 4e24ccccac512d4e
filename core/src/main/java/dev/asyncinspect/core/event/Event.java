package dev.asyncinspect.core.event;

/** One thing that happened, for readers that keep events. Texts are symbols; what the arguments mean is in {@link EventLayout}. */
public sealed interface Event {

    /** When, in nanoseconds of the observed JVM's {@code System.nanoTime}. */
    long nanos();

    /** Calls the method for this kind of event. */
    void handTo(EventHandler handler);

    /**
     * A task exists.
     *
     * @param nanos when
     * @param taskId the task, or the thread that runs it
     * @param kind kind of task
     * @param site symbol of where it was created
     * @param parentId who created it: a task or a thread, 0 unknown
     */
    record Created(long nanos, long taskId, int kind, int site, long parentId) implements Event {
        @Override
        public void handTo(EventHandler handler) {
            handler.created(nanos, taskId, kind, site, parentId);
        }
    }

    /**
     * A task has a name.
     *
     * @param nanos when
     * @param taskId the task, or the thread that runs it
     * @param name symbol of the name
     * @param runtimeId the runtime's own id, such as that of a thread; 0 none
     */
    record Named(long nanos, long taskId, int name, long runtimeId) implements Event {
        @Override
        public void handTo(EventHandler handler) {
            handler.named(nanos, taskId, name, runtimeId);
        }
    }

    /**
     * A task runs.
     *
     * @param nanos when
     * @param taskId the task, or the thread that runs it
     * @param threadId the thread that runs it
     */
    record PollStart(long nanos, long taskId, long threadId) implements Event {
        @Override
        public void handTo(EventHandler handler) {
            handler.pollStart(nanos, taskId, threadId);
        }
    }

    /**
     * A task stops running.
     *
     * @param nanos when
     * @param taskId the task, or the thread that runs it
     * @param reason why
     * @param label symbol of what it waits for until it is woken, 0 unknown
     * @param threadId the thread that ran it
     */
    record PollEnd(long nanos, long taskId, int reason, int label, long threadId) implements Event {
        @Override
        public void handTo(EventHandler handler) {
            handler.pollEnd(nanos, taskId, reason, label, threadId);
        }
    }

    /**
     * A task begins to wait.
     *
     * @param nanos when
     * @param taskId the task, or the thread that runs it
     * @param flags {@link EventCodes#AWAIT_TIMED} and {@link EventCodes#AWAIT_ENDS_POLL}
     * @param label symbol of the await
     * @param resourceId what it waits for, 0 unknown
     */
    record AwaitStart(long nanos, long taskId, int flags, int label, long resourceId) implements Event {
        @Override
        public void handTo(EventHandler handler) {
            handler.awaitStart(nanos, taskId, flags, label, resourceId);
        }
    }

    /**
     * A task no longer waits.
     *
     * @param nanos when
     * @param taskId the task, or the thread that runs it
     * @param how how the await ended
     * @param resourceId what it waited for, 0 unknown
     */
    record AwaitEnd(long nanos, long taskId, int how, long resourceId) implements Event {
        @Override
        public void handTo(EventHandler handler) {
            handler.awaitEnd(nanos, taskId, how, resourceId);
        }
    }

    /**
     * A task has become runnable.
     *
     * @param nanos when
     * @param taskId the task, or the thread that runs it
     * @param how how
     * @param wakerId who did it: a task or a thread, 0 unknown
     */
    record Woken(long nanos, long taskId, int how, long wakerId) implements Event {
        @Override
        public void handTo(EventHandler handler) {
            handler.woken(nanos, taskId, how, wakerId);
        }
    }

    /**
     * A task is over.
     *
     * @param nanos when
     * @param taskId the task, or the thread that runs it
     * @param outcome how it ended
     * @param throwable symbol of class and message of what it threw, 0 none
     */
    record Ended(long nanos, long taskId, int outcome, int throwable) implements Event {
        @Override
        public void handTo(EventHandler handler) {
            handler.ended(nanos, taskId, outcome, throwable);
        }
    }

    /**
     * A task holds a resource.
     *
     * @param nanos when
     * @param taskId the task, or the thread that runs it
     * @param mode how it holds it
     * @param permits how many permits, 0 if it has none
     * @param site symbol of where
     * @param resourceId the resource
     */
    record Acquired(long nanos, long taskId, int mode, int permits, int site, long resourceId) implements Event {
        @Override
        public void handTo(EventHandler handler) {
            handler.acquired(nanos, taskId, mode, permits, site, resourceId);
        }
    }

    /**
     * A task gave a resource back, or signalled it.
     *
     * @param nanos when
     * @param taskId the task, or the thread that runs it
     * @param mode how it held it
     * @param permits how many permits, 0 if it has none
     * @param site symbol of where
     * @param resourceId the resource
     */
    record Released(long nanos, long taskId, int mode, int permits, int site, long resourceId) implements Event {
        @Override
        public void handTo(EventHandler handler) {
            handler.released(nanos, taskId, mode, permits, site, resourceId);
        }
    }

    /**
     * A task came by a point that the program named.
     *
     * @param nanos when
     * @param taskId the task, or the thread that runs it
     * @param label symbol of the point
     * @param message symbol of the message, 0 none
     */
    record Point(long nanos, long taskId, int label, long message) implements Event {
        @Override
        public void handTo(EventHandler handler) {
            handler.point(nanos, taskId, label, message);
        }
    }

    /**
     * A task has to do with another.
     *
     * @param nanos when
     * @param taskId the task, or the thread that runs it
     * @param how how
     * @param label symbol of a word on it, 0 none
     * @param otherId the other task
     */
    record Linked(long nanos, long taskId, int how, int label, long otherId) implements Event {
        @Override
        public void handTo(EventHandler handler) {
            handler.linked(nanos, taskId, how, label, otherId);
        }
    }

    /**
     * A resource exists.
     *
     * @param nanos when
     * @param kind kind of resource
     * @param capacity permits or places, 0 if it has no such number
     * @param name symbol of the name
     * @param resourceId its number
     */
    record ResourceNamed(long nanos, int kind, int capacity, int name, long resourceId) implements Event {
        @Override
        public void handTo(EventHandler handler) {
            handler.resource(nanos, kind, capacity, name, resourceId);
        }
    }

    /**
     * Events are missing here.
     *
     * @param nanos when
     * @param why why
     * @param events how many
     */
    record Dropped(long nanos, int why, long events) implements Event {
        @Override
        public void handTo(EventHandler handler) {
            handler.dropped(nanos, why, events);
        }
    }

    /**
     * What time it was.
     *
     * @param nanos when
     * @param epochNanos nanoseconds since 1970
     */
    record Clock(long nanos, long epochNanos) implements Event {
        @Override
        public void handTo(EventHandler handler) {
            handler.clock(nanos, epochNanos);
        }
    }
}
