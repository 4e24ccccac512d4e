package dev.asyncinspect.integrations.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.event.Event;
import dev.asyncinspect.core.event.EventCodes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The tasks of a recorded test, found by the code that they run. */
final class Lives {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Recorded recorded;

    Lives(Recorded recorded) {
        this.recorded = recorded;
    }

    /** The events of the only task whose code this is, when it has ended. */
    List<Event> onlyTask(String code) {
        List<Event.Created> tasks = created(code);
        assertThat(tasks).as("tasks of %s", code).hasSize(1);
        awaitEnd(tasks.get(0).taskId());
        return recorded.of(tasks.get(0).taskId());
    }

    /** The creations of all tasks whose code contains this, but for platform threads that run it. */
    List<Event.Created> created(String code) {
        List<Event.Created> found = new ArrayList<>();
        for (Event event : recorded.all()) {
            if (event instanceof Event.Created created
                    && created.kind() != EventCodes.PLATFORM_THREAD
                    && recorded.text(created.site()).contains(code)) {
                found.add(created);
            }
        }
        return found;
    }

    /** The last event of a task may come a moment after its result. */
    void awaitEnd(long taskId) {
        long begin = System.nanoTime();
        while (recorded.of(taskId).stream().noneMatch(Event.Ended.class::isInstance)) {
            if (System.nanoTime() - begin > PATIENCE.toNanos()) {
                throw new AssertionError("task " + taskId + " has not ended: " + recorded.of(taskId));
            }
            Thread.onSpinWait();
        }
    }

    void assertFailed(List<Event> events, String text) {
        assertEnded(events, EventCodes.FAILED, text);
    }

    void assertCancelled(List<Event> events, String why) {
        assertEnded(events, EventCodes.CANCELLED, why);
    }

    private void assertEnded(List<Event> events, int outcome, String text) {
        Event.Ended ended = (Event.Ended) events.get(events.size() - 1);
        assertThat(ended.outcome()).isEqualTo(outcome);
        assertThat(recorded.text(ended.throwable())).isEqualTo(text);
    }

    static List<String> kinds(List<Event> events) {
        return events.stream().map(event -> event.getClass().getSimpleName()).toList();
    }
}
