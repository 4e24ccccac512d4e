package dev.asyncinspect.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.rows.Row;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireRoundTripTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final WireWriter writer = new WireWriter(bytes);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void rows_of_every_kind_arrive_as_they_were_sent(long seed) throws IOException {
        List<Row> rows = new RandomRows(seed).list(5_000);

        assertThat(sent(rows)).isEqualTo(rows);
    }

    @Test
    void orders_and_hello_arrive_as_they_were_sent() throws IOException {
        Hello hello = Hello.ofThisRelease(4711, "25.0.3+9", List.of("stacks", "objects"));
        SampleRequest request = new SampleRequest(1_000_000, true, 64, true);

        writer.hello(hello);
        writer.problem("no such field");
        writer.sample(request);
        writer.detach();
        writer.flush();

        assertThat(Collected.from(bytes.toByteArray())).containsExactly(hello, "no such field", request, "detach");
    }

    @Test
    void what_is_said_about_recording_arrives_as_it_was_sent() throws IOException {
        List<RecordingMessage> messages = List.of(
                new RecordingMessage.Control(true),
                new RecordingMessage.Control(false),
                new RecordingMessage.AskState(),
                new RecordingMessage.TakeEvents(4711, 100),
                new RecordingMessage.State(true, 5_000_000_000L, 7, "one hook is missing"),
                new RecordingMessage.State(true, 5_000_000_000L, 7, "", 300),
                new RecordingMessage.HookLine("pool.ends", "Pool.run exit", "ON", "tested", 2, 0),
                new RecordingMessage.SymbolText(2, "clerk"),
                new RecordingMessage.Events(new long[] {-1, 5, 6, 7, Long.MIN_VALUE, 4, 1_000_000_000_000L, -9}),
                new RecordingMessage.EventsEnd(12, 3, 4));

        for (RecordingMessage message : messages) {
            writer.recording(message);
        }
        writer.flush();

        assertThat(Collected.from(bytes.toByteArray())).isEqualTo(messages);
    }

    @Test
    void events_of_any_number_arrive_in_frames_that_a_reader_takes() throws IOException {
        long[] words = new long[(2 * WireLayout.MAX_EVENTS_PER_FRAME + 1) * 4];
        Arrays.setAll(words, i -> i % 4 == 2 ? Long.MAX_VALUE - i : ~((long) i << 32));
        writer.recording(new RecordingMessage.Events(words));
        writer.flush();

        List<Long> arrived = new ArrayList<>();
        for (Object message : Collected.from(bytes.toByteArray())) {
            ((RecordingMessage.Events) message)
                    .handEachTo(
                            (head, nanos, taskId, argument) -> arrived.addAll(List.of(head, nanos, taskId, argument)));
        }
        assertThat(arrived.stream().mapToLong(Long::longValue).toArray()).isEqualTo(words);
    }

    @Test
    void a_name_is_sent_once() throws IOException {
        Row row = new Row.ObjectSeen(1, "java.util.concurrent.locks.ReentrantLock");
        writer.row(row);
        writer.flush();
        int first = bytes.size();

        writer.row(row);
        writer.flush();

        assertThat(bytes.size() - first).isLessThan(8);
    }

    @Test
    void more_names_than_the_table_holds_arrive_all_the_same() throws IOException {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 3 * WireLayout.MAX_SYMBOLS; i++) {
            rows.add(new Row.ObjectSeen(i, "type" + i % (2 * WireLayout.MAX_SYMBOLS)));
        }

        assertThat(sent(rows)).isEqualTo(rows);
    }

    @Test
    void a_text_beyond_the_bound_is_cut_and_says_so() throws IOException {
        Row long1 = new Row.TextOf(1, "name", "é".repeat(WireLayout.MAX_TEXT_CHARS));
        Row long2 = new Row.TextOf(1, "name", "é".repeat(WireLayout.MAX_TEXT_CHARS + 1));
        Row long3 = new Row.ObjectSeen(1, "x".repeat(WireLayout.MAX_SYMBOL_CHARS + 1));

        assertThat(sent(List.of(long1, long2, long3)))
                .isEqualTo(List.of(
                        long1,
                        new Row.TextOf(1, "name", "é".repeat(WireLayout.MAX_TEXT_CHARS - 1) + "…"),
                        new Row.ObjectSeen(1, "x".repeat(WireLayout.MAX_SYMBOL_CHARS - 1) + "…")));
    }

    @Test
    void a_cut_never_halves_a_character() throws IOException {
        String pair = "\uD83D\uDE00";
        Row row = new Row.TextOf(1, "name", "x" + pair.repeat(WireLayout.MAX_TEXT_CHARS));

        Row.TextOf arrived = (Row.TextOf) sent(List.of(row)).get(0);

        assertThat(arrived.value()).endsWith(pair + "…").doesNotContain("?");
    }

    @Test
    void a_stack_deeper_than_the_bound_keeps_its_innermost_frames() throws IOException {
        List<StackTraceElement> frames = new ArrayList<>();
        for (int i = 0; i < WireLayout.MAX_STACK_DEPTH + 5; i++) {
            frames.add(new StackTraceElement("C", "m" + i, "C.java", i));
        }

        assertThat(sent(List.of(new Row.Stack(1, frames))))
                .containsExactly(new Row.Stack(1, frames.subList(0, WireLayout.MAX_STACK_DEPTH)));
    }

    private List<Object> sent(List<Row> rows) throws IOException {
        for (Row row : rows) {
            writer.row(row);
        }
        writer.flush();
        return Collected.from(bytes.toByteArray());
    }
}
