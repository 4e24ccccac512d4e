package dev.asyncinspect.weaving.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.event.Event;
import dev.asyncinspect.core.event.EventCollector;
import dev.asyncinspect.core.event.EventDecoder;
import dev.asyncinspect.core.recorder.Recorder;
import dev.asyncinspect.testkit.OwnInstrumentation;
import dev.asyncinspect.weaving.HookState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Weaves programs of this JVM while a test runs, and asserts afterwards that nothing failed and all came out again. */
final class Woven implements AfterEachCallback {

    final Recorder recorder = Recorder.create();
    final ProgramWeaver weaver = ProgramWeaver.open(OwnInstrumentation.get(), recorder);
    private final List<Event> events = new ArrayList<>();

    Woven() {
        recorder.turn(true);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        assertThat(weaver.remove()).as("what could not be restored").isEmpty();
        assertThat(weaver.hooks())
                .filteredOn(line -> line.failures() > 0)
                .as("what failed")
                .isEmpty();
        assertThat(recorder.dropped()).as("dropped events").isZero();
    }

    /** The line of the hook table with this name. */
    HookState line(String name) {
        return weaver.hooks().stream()
                .filter(line -> line.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** All events so far, by time. */
    List<Event> events() {
        EventCollector collector = new EventCollector(events::add);
        recorder.drain(
                (head, nanos, taskId, argument) -> EventDecoder.decode(head, nanos, taskId, argument, collector));
        return List.copyOf(events);
    }

    /** The label of what this thread is about to wait at, {@code none} if it has none. */
    String label(Thread thread) {
        int symbol = recorder.labels().of(thread.getId());
        return symbol == 0 ? "none" : text(symbol);
    }

    String text(int symbol) {
        return String.valueOf(recorder.symbols().text(symbol));
    }
}
