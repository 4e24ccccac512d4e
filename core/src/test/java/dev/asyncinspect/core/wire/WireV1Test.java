package dev.asyncinspect.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.event.Event;
import dev.asyncinspect.core.event.EventCollector;
import dev.asyncinspect.core.event.EventDecoder;
import dev.asyncinspect.core.event.EventEncoder;
import dev.asyncinspect.core.rows.Row;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Version 1 of the wire, byte by byte: what an agent or a client of this version sent once is read for ever. */
class WireV1Test {

    /*
     * The file is the contract. A new kind adds lines to it; a line that changes breaks every agent and recording that is out there, and is a
     * new WireLayout.VERSION or EventLayout.VERSION. -Dgolden.rewrite=true writes it.
     */

    private static final Path GOLDEN = Path.of("src/test/golden/wire-v1.txt");

    private static final HexFormat HEX = HexFormat.of();

    @Test
    void every_message_and_event_is_written_as_in_version_1() throws IOException {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, WireV1.Case> message : WireV1.messages().entrySet()) {
            lines.add(message.getKey() + ": " + HEX.formatHex(bytes(message.getValue())));
        }
        for (Event event : WireV1.events()) {
            lines.add(name(event) + ": " + HEX.formatHex(slot(event)));
        }
        String actual = String.join("\n", lines) + "\n";
        if (Boolean.getBoolean("golden.rewrite")) {
            Files.createDirectories(GOLDEN.getParent());
            Files.writeString(GOLDEN, actual);
        }

        assertThat(actual).as("%s", GOLDEN).isEqualTo(Files.readString(GOLDEN));
    }

    @Test
    void the_bytes_of_every_message_of_version_1_are_read_as_what_they_were() throws IOException {
        Map<String, String> golden = golden();
        for (Map.Entry<String, WireV1.Case> message : WireV1.messages().entrySet()) {
            byte[] kept = HEX.parseHex(String.valueOf(golden.get(message.getKey())));

            assertThat(Collected.from(kept))
                    .as(message.getKey())
                    .isEqualTo(List.of(message.getValue().meant()));
        }
    }

    @Test
    void the_longs_of_every_event_of_version_1_are_read_as_what_they_were() throws IOException {
        Map<String, String> golden = golden();
        for (Event event : WireV1.events()) {
            List<Event> read = new ArrayList<>();
            byte[] longs = HEX.parseHex(String.valueOf(golden.get(name(event))));
            WireSlice kept = new WireSlice(longs, 0, longs.length);
            EventDecoder.decode(
                    kept.fixed64(), kept.fixed64(), kept.fixed64(), kept.fixed64(), new EventCollector(read::add));

            assertThat(read).containsExactly(event);
        }
    }

    @Test
    void no_kind_is_left_out() {
        Set<String> kinds = new TreeSet<>();
        for (Class<?> kind : Row.class.getPermittedSubclasses()) {
            kinds.add(kind.getSimpleName());
        }
        for (Class<?> kind : RecordingMessage.class.getPermittedSubclasses()) {
            kinds.add(kind.getSimpleName());
        }
        Set<String> meant = new TreeSet<>();
        WireV1.messages()
                .values()
                .forEach(message -> meant.add(message.meant().getClass().getSimpleName()));
        assertThat(meant).containsAll(kinds);
        Set<Class<?>> events = Set.of(Event.class.getPermittedSubclasses());
        assertThat(WireV1.events()).extracting(Object::getClass).hasSameElementsAs(List.copyOf(events));
    }

    private static Map<String, String> golden() throws IOException {
        Map<String, String> lines = new LinkedHashMap<>();
        for (String line : Files.readAllLines(GOLDEN)) {
            int colon = line.indexOf(": ");
            lines.put(line.substring(0, colon), line.substring(colon + 2));
        }
        return lines;
    }

    private static byte[] bytes(WireV1.Case message) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        WireWriter writer = new WireWriter(out);
        message.writing().write(writer);
        writer.flush();
        return out.toByteArray();
    }

    private static String name(Event event) {
        boolean labelled = event instanceof Event.PollEnd end && end.label() != 0;
        return "event " + event.getClass().getSimpleName() + (labelled ? " with a label" : "");
    }

    private static byte[] slot(Event event) throws IOException {
        WireBuffer words = new WireBuffer();
        event.handTo(new EventEncoder() {
            @Override
            public void slot(long head, long nanos, long taskId, long argument) {
                words.fixed64(head);
                words.fixed64(nanos);
                words.fixed64(taskId);
                words.fixed64(argument);
            }
        });
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        words.writeTo(out);
        return out.toByteArray();
    }
}
