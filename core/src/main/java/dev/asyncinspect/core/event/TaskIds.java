package dev.asyncinspect.core.event;

import java.util.function.LongUnaryOperator;

/** Puts tasks in the place of the threads that stand for them in an event. */
public final class TaskIds {

    private TaskIds() {}

    /** The second word of an event whose head is this, with the task that is meant. */
    public static long resolvedTask(long head, long taskId, LongUnaryOperator resolve) {
        return switch (EventLayout.type(head)) {
            case EventLayout.AWAIT_START,
                    EventLayout.AWAIT_END,
                    EventLayout.ACQUIRED,
                    EventLayout.RELEASED,
                    EventLayout.POINT,
                    EventLayout.LINKED -> resolve.applyAsLong(taskId);
            default -> taskId;
        };
    }

    /** The argument of an event whose head is this, with the task that is meant. */
    public static long resolvedArgument(long head, long argument, LongUnaryOperator resolve) {
        return switch (EventLayout.type(head)) {
            case EventLayout.CREATED, EventLayout.WOKEN -> resolve.applyAsLong(argument);
            default -> argument;
        };
    }
}
