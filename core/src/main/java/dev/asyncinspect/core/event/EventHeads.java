package dev.asyncinspect.core.event;

/** What the first word of an event says, for those who hand events on as they are. */
public final class EventHeads {

    private static final long SYMBOL = 0xFFFF_FFFFL;

    private EventHeads() {}

    /**
     * Whether it belongs to the life of one task, and goes where that goes. Who holds what does not: half of the holders would be a wrong
     * answer.
     */
    public static boolean isOfTask(long head) {
        return switch (EventLayout.type(head)) {
            case EventLayout.CREATED,
                    EventLayout.NAMED,
                    EventLayout.POLL_START,
                    EventLayout.POLL_END,
                    EventLayout.AWAIT_START,
                    EventLayout.AWAIT_END,
                    EventLayout.WOKEN,
                    EventLayout.ENDED,
                    EventLayout.POINT,
                    EventLayout.LINKED -> true;
            default -> false;
        };
    }

    /** Whether an act of waiting begins. */
    public static boolean isAwaitStart(long head) {
        return EventLayout.type(head) == EventLayout.AWAIT_START;
    }

    /** Whether an act of waiting ends. */
    public static boolean isAwaitEnd(long head) {
        return EventLayout.type(head) == EventLayout.AWAIT_END;
    }

    /** Of an event of a thread: whether it says nothing of the tasks that the thread runs. */
    public static boolean isOfItself(long head) {
        int type = EventLayout.type(head);
        return type == EventLayout.CREATED || type == EventLayout.NAMED || type == EventLayout.ENDED;
    }

    /** Whether a task is created. */
    public static boolean isCreated(long head) {
        return EventLayout.type(head) == EventLayout.CREATED;
    }

    /** Whether a poll begins. */
    public static boolean isPollStart(long head) {
        return EventLayout.type(head) == EventLayout.POLL_START;
    }

    /** Whether a task is woken. */
    public static boolean isWoken(long head) {
        return EventLayout.type(head) == EventLayout.WOKEN;
    }

    /** Whether a poll ends, and not by an act of waiting. */
    public static boolean isPollEnd(long head) {
        return EventLayout.type(head) == EventLayout.POLL_END;
    }

    /** Of an act of waiting that begins: whether the task runs no longer. */
    public static boolean endsPoll(long head) {
        return (EventLayout.flags(head) & EventCodes.AWAIT_ENDS_POLL) != 0;
    }

    /** The same word without a text. */
    public static long withoutSymbol(long head) {
        return head & ~SYMBOL;
    }
}
