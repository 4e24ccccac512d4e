package dev.asyncinspect.agent;

import dev.asyncinspect.core.event.Event;
import dev.asyncinspect.core.event.EventCollector;
import dev.asyncinspect.core.event.EventDecoder;
import dev.asyncinspect.core.wire.RecordingMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Takes events again and again until the one that a test waits for has come. */
final class EventSeen {

    private final TestClient client;
    private final List<Event> events = new ArrayList<>();
    private long next;

    EventSeen(TestClient client) {
        this.client = client;
    }

    /** Until a task has ended. */
    void until(long endedTask) throws IOException {
        EventCollector collector = new EventCollector(events::add);
        while (events.stream().noneMatch(event -> event instanceof Event.Ended end && end.taskId() == endedTask)) {
            RecordingMessage.EventsEnd end =
                    client.ask(new RecordingMessage.TakeEvents(next, 10_000), RecordingMessage.EventsEnd.class);
            next = end.next();
            for (RecordingMessage message : client.recording) {
                if (message instanceof RecordingMessage.Events some) {
                    some.handEachTo((head, nanos, taskId, argument) ->
                            EventDecoder.decode(head, nanos, taskId, argument, collector));
                }
            }
        }
    }
}
