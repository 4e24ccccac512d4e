package dev.asyncinspect.core.recorder;

import dev.asyncinspect.core.event.Event;
import dev.asyncinspect.core.event.EventCollector;
import dev.asyncinspect.core.event.EventDecoder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** All events of a recorder, taken out for a test. */
public final class Drained {

    private Drained() {}

    /** The events since the last call, by time. */
    public static List<Event> events(Recorder recorder) {
        List<Event> events = new ArrayList<>();
        EventCollector collector = new EventCollector(events::add);
        recorder.drain(
                (head, nanos, taskId, argument) -> EventDecoder.decode(head, nanos, taskId, argument, collector));
        events.sort(Comparator.comparingLong(Event::nanos));
        return events;
    }
}
