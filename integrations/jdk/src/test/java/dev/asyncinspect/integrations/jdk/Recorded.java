package dev.asyncinspect.integrations.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.event.Event;
import dev.asyncinspect.core.event.EventLayout;
import dev.asyncinspect.core.recorder.Drained;
import dev.asyncinspect.core.recorder.Recorder;
import dev.asyncinspect.testkit.OwnInstrumentation;
import dev.asyncinspect.weaving.HookState;
import dev.asyncinspect.weaving.Weaver;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Records the JVM of a test while the test runs, and asserts afterwards that no hook failed and all came out again. */
final class Recorded implements BeforeEachCallback, AfterEachCallback {

    final Recorder recorder = Recorder.create();
    private final Extras extras;
    private final Weaver weaver = Weaver.open(OwnInstrumentation.get(), JdkHooks.tested());
    private final List<Event> events = new ArrayList<>();

    Recorded() {
        this(Extras.NONE);
    }

    Recorded(Extras extras) {
        this.extras = extras;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        recorder.turn(true);
        weaver.install(
                JdkHooks.of(recorder, OwnInstrumentation.get(), extras),
                () -> JdkHooks.rehearse(extras, type -> false));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        List<HookState> hooks = weaver.hooks();
        assertThat(weaver.remove()).as("what could not be restored").isEmpty();
        assertThat(hooks)
                .filteredOn(hook -> hook.status() != HookState.Status.ON && hook.status() != HookState.Status.PENDING)
                .as("hooks that do not fit")
                .isEmpty();
        assertThat(hooks)
                .filteredOn(hook -> hook.failures() > 0)
                .as("hooks that failed")
                .isEmpty();
        assertThat(recorder.dropped()).as("dropped events").isZero();
    }

    List<HookState> hooks() {
        return weaver.hooks();
    }

    /** All events of one task so far, by time, without what those tell of it who happen to wait for its future. */
    List<Event> of(long taskId) {
        return all().stream()
                .filter(event -> id(event) == taskId)
                .filter(event -> taskId < EventLayout.FIRST_TASK_ID
                        || !(event instanceof Event.Acquired || event instanceof Event.Released))
                .toList();
    }

    /** All events so far. */
    List<Event> all() {
        events.addAll(Drained.events(recorder));
        events.sort(Comparator.comparingLong(Event::nanos));
        return List.copyOf(events);
    }

    /** The events since the last time, which are forgotten. */
    List<Event> take() {
        List<Event> taken = all();
        events.clear();
        return taken;
    }

    String text(int symbol) {
        return String.valueOf(recorder.symbols().text(symbol));
    }

    /** The task that an event is about. */
    static long id(Event event) {
        return switch (event) {
            case Event.Created created -> created.taskId();
            case Event.Named named -> named.taskId();
            case Event.PollStart start -> start.taskId();
            case Event.PollEnd end -> end.taskId();
            case Event.Woken woken -> woken.taskId();
            case Event.Ended ended -> ended.taskId();
            case Event.Acquired acquired -> acquired.taskId();
            case Event.Released released -> released.taskId();
            default -> 0;
        };
    }
}
