package dev.asyncinspect.core.event;

/** Reads the four longs of {@link EventLayout}. */
public final class EventDecoder {

    private EventDecoder() {}

    /** Calls the method for this event; false if its type is not known here: a newer version wrote it. */
    public static boolean decode(long head, long nanos, long taskId, long argument, EventHandler to) {
        int flags = EventLayout.flags(head);
        int count = EventLayout.count(head);
        int symbol = EventLayout.symbol(head);
        switch (EventLayout.type(head)) {
            case EventLayout.CREATED -> to.created(nanos, taskId, flags, symbol, argument);
            case EventLayout.NAMED -> to.named(nanos, taskId, symbol, argument);
            case EventLayout.POLL_START -> to.pollStart(nanos, taskId, argument);
            case EventLayout.POLL_END -> to.pollEnd(nanos, taskId, flags, symbol, argument);
            case EventLayout.AWAIT_START -> to.awaitStart(nanos, taskId, flags, symbol, argument);
            case EventLayout.AWAIT_END -> to.awaitEnd(nanos, taskId, flags, argument);
            case EventLayout.WOKEN -> to.woken(nanos, taskId, flags, argument);
            case EventLayout.ENDED -> to.ended(nanos, taskId, flags, symbol);
            case EventLayout.ACQUIRED -> to.acquired(nanos, taskId, flags, count, symbol, argument);
            case EventLayout.RELEASED -> to.released(nanos, taskId, flags, count, symbol, argument);
            case EventLayout.POINT -> to.point(nanos, taskId, symbol, argument);
            case EventLayout.LINKED -> to.linked(nanos, taskId, flags, symbol, argument);
            case EventLayout.RESOURCE -> to.resource(nanos, flags, count, symbol, argument);
            case EventLayout.DROPPED -> to.dropped(nanos, flags, argument);
            case EventLayout.CLOCK -> to.clock(nanos, argument);
            default -> {
                return false;
            }
        }
        return true;
    }
}
