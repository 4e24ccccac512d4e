package dev.asyncinspect.weaving.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.event.Event;
import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.core.event.EventCollector;
import dev.asyncinspect.core.event.EventDecoder;
import dev.asyncinspect.core.recorder.Recorder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is told of changes of a logging context: keys, never values, and nothing where asking would run code of the program. */
class ContextSinkTest {

    private final Recorder recorder = Recorder.create();
    private final ContextSink sink = new ContextSink(recorder);

    ContextSinkTest() {
        recorder.turn(true);
    }

    /** {@code 7 user}: the code, and the key if there is one. */
    private List<String> told() {
        List<String> told = new ArrayList<>();
        EventCollector collector = new EventCollector(event -> {
            Event.Linked link = (Event.Linked) event;
            assertThat(link.taskId()).isEqualTo(Thread.currentThread().getId()).isEqualTo(link.otherId());
            told.add(link.how()
                    + (link.label() == 0 ? "" : " " + recorder.symbols().text(link.label())));
        });
        recorder.drain(
                (head, nanos, taskId, argument) -> EventDecoder.decode(head, nanos, taskId, argument, collector));
        return told;
    }

    @Test
    void one_key_is_told_as_put_or_removed_and_no_key_not_at_all() {
        sink.accept("user", ContextSink.PUT);
        sink.accept("user", ContextSink.REMOVED);
        sink.accept(null, ContextSink.PUT);
        sink.accept(null, ContextSink.CLEARED);
        assertThat(told())
                .containsExactly(
                        EventCodes.CONTEXT_PUT + " user",
                        EventCodes.CONTEXT_REMOVED + " user",
                        EventCodes.CONTEXT_CLEARED + "");
    }

    @Test
    void a_map_is_told_by_its_keys_after_the_rest_was_emptied() {
        sink.accept(Map.of("user", "never told"), ContextSink.SET);
        sink.accept(List.of("user"), ContextSink.REMOVED_ALL);
        assertThat(told())
                .containsExactly(
                        EventCodes.CONTEXT_CLEARED + "",
                        EventCodes.CONTEXT_PUT + " user",
                        EventCodes.CONTEXT_REMOVED + " user");
        for (int symbol = 0; symbol < recorder.symbols().end(); symbol++) {
            assertThat(recorder.symbols().text(symbol)).isNotEqualTo("never told");
        }
    }

    @Test
    void a_map_of_the_programs_own_class_is_not_asked_and_makes_all_unclear() {
        Map<String, String> theirs = new HashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            public java.util.Set<String> keySet() {
                throw new AssertionError("code of the program was run");
            }
        };
        sink.accept(theirs, ContextSink.PUT_ALL);
        sink.accept(null, ContextSink.INHERITED);
        assertThat(told()).containsExactly(EventCodes.CONTEXT_UNCLEAR + "", EventCodes.CONTEXT_UNCLEAR + "");
    }

    @Test
    void more_keys_than_anybody_has_make_all_unclear() {
        Map<String, String> many = new HashMap<>();
        for (int i = 0; i < 100; i++) {
            many.put("key " + i, "");
        }
        sink.accept(many, ContextSink.PUT_ALL);
        assertThat(told()).contains(EventCodes.CONTEXT_UNCLEAR + "");
    }
}
