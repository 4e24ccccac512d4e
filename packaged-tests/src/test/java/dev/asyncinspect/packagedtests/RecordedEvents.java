package dev.asyncinspect.packagedtests;

import dev.asyncinspect.core.event.Event;
import dev.asyncinspect.core.event.EventCollector;
import dev.asyncinspect.core.event.EventDecoder;
import dev.asyncinspect.core.event.EventLayout;
import dev.asyncinspect.core.wire.RecordingHandler;
import dev.asyncinspect.core.wire.RecordingMessage;
import dev.asyncinspect.sources.AttachLink;
import dev.asyncinspect.sources.SourceException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The events that the agent of one JVM has recorded, fetched over the link. */
final class RecordedEvents implements RecordingHandler {

    private static final int AT_ONCE = 10_000;

    private final AttachLink link;
    private final List<Event> events = new ArrayList<>();
    private final Map<Integer, String> texts = new HashMap<>();
    private long next;
    private long missed;
    private long dropped;

    RecordedEvents(AttachLink link) {
        this.link = link;
    }

    /** Fetches until there is an event like this. */
    void await(Predicate<Event> wanted) throws SourceException {
        do {
            fetch();
        } while (events.stream().noneMatch(wanted));
    }

    /** Fetches until the end of that task has come. */
    List<Event> untilEndOf(long taskId) throws SourceException {
        await(event -> event instanceof Event.Ended ended && ended.taskId() == taskId);
        return of(taskId);
    }

    /** What happened to a task, without what those tell of it who happen to wait for its future. */
    List<Event> of(long taskId) {
        return events.stream()
                .filter(event -> taskId(event) == taskId)
                .filter(event -> taskId < EventLayout.FIRST_TASK_ID || !(event instanceof Event.Acquired))
                .toList();
    }

    List<Event> all() {
        return events;
    }

    String text(int symbol) {
        return texts.getOrDefault(symbol, "");
    }

    /** What was lost on the way or for want of room. */
    long lost() {
        return missed + dropped;
    }

    private void fetch() throws SourceException {
        RecordingMessage.EventsEnd end = link.events(next, AT_ONCE, this);
        next = end.next();
        missed += end.missed();
        dropped = end.dropped();
        events.sort(Comparator.comparingLong(Event::nanos));
    }

    /** The task that an event is about, 0 if it is about none. */
    static long taskId(Event event) {
        if (event instanceof Event.Created created) {
            return created.taskId();
        } else if (event instanceof Event.Named named) {
            return named.taskId();
        } else if (event instanceof Event.PollStart start) {
            return start.taskId();
        } else if (event instanceof Event.PollEnd end) {
            return end.taskId();
        } else if (event instanceof Event.Woken woken) {
            return woken.taskId();
        } else if (event instanceof Event.Ended ended) {
            return ended.taskId();
        }
        return 0;
    }

    /** What they are, with the reason why a poll ended, how a task was woken and how it ended. */
    static List<String> kinds(List<Event> events) {
        return events.stream().map(RecordedEvents::kind).toList();
    }

    private static String kind(Event event) {
        String name = event.getClass().getSimpleName();
        if (event instanceof Event.PollEnd end) {
            return name + " " + end.reason();
        } else if (event instanceof Event.Woken woken) {
            return name + " " + woken.how();
        } else if (event instanceof Event.Ended ended) {
            return name + " " + ended.outcome();
        }
        return name;
    }

    @Override
    public void symbol(RecordingMessage.SymbolText symbol) {
        texts.put(symbol.symbol(), symbol.text());
    }

    @Override
    public void events(RecordingMessage.Events some) {
        EventCollector collector = new EventCollector(events::add);
        some.handEachTo(
                (head, nanos, taskId, argument) -> EventDecoder.decode(head, nanos, taskId, argument, collector));
    }

    @Override
    public void eventsEnd(RecordingMessage.EventsEnd end) {
        // the link returns it
    }

    @Override
    public void state(RecordingMessage.State state) {
        throw new AssertionError("not asked for: " + state);
    }

    @Override
    public void hook(RecordingMessage.HookLine hook) {
        throw new AssertionError("not asked for: " + hook);
    }

    @Override
    public void control(RecordingMessage.Control order) {
        throw new AssertionError("an order from the agent");
    }

    @Override
    public void askState(RecordingMessage.AskState order) {
        throw new AssertionError("an order from the agent");
    }

    @Override
    public void takeEvents(RecordingMessage.TakeEvents order) {
        throw new AssertionError("an order from the agent");
    }
}
