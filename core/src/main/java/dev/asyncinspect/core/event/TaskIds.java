package dev.asyncinspect.core.event;

import java.util.function.LongUnaryOperator;

/** Puts tasks in the place of the threads that stand for them in an event. */
public final class TaskIds {

    /* Who follows one task in so many decides by its id: no counter that all threads would share, and no random numbers. The id is spread by
     * a multiplication, for ids that follow one another are given for a reason. */
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private TaskIds() {}

    /** Whether this task is the one in so many that is followed. */
    public static boolean isOneIn(int n, long taskId) {
        return n == 1 || Long.remainderUnsigned(spread(taskId), n) == 0;
    }

    private static long spread(long id) {
        long spread = id * GOLDEN;
        return spread ^ (spread >>> 32);
    }

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
