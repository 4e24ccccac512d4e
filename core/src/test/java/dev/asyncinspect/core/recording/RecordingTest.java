package dev.asyncinspect.core.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asyncinspect.core.event.Event;
import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.core.event.EventCollector;
import dev.asyncinspect.core.event.Symbols;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingTest {

    private static final Symbols TEXTS = symbol -> symbol == 0 ? null : "täxt " + symbol;

    @TempDir
    private Path folder;

    @Test
    void what_was_written_is_read_with_its_texts() throws IOException {
        Path path = folder.resolve("a.air");
        List<Event> events = new ArrayList<>();
        try (RecordingWriter writer = writer(path, RecordingLimits.DEFAULT)) {
            for (int i = 0; i < 5_000; i++) {
                Event event = i % 2 == 0 ? new Event.Point(i, 5, 1 + i % 90, 200) : new Event.PollStart(i, 6, 7);
                event.handTo(writer);
                events.add(event);
            }
        }
        RecordingReader reader = RecordingReader.open(path);

        assertThat(read(reader)).isEqualTo(events);
        assertThat(reader.text(17)).isEqualTo("täxt 17");
        assertThat(reader.text(200)).as("the message of a point").isEqualTo("täxt 200");
        assertThat(reader.text(99)).isNull();
        assertThat(reader.tornBytes()).isZero();
    }

    @Test
    void only_its_user_may_read_it() throws IOException {
        Path path = folder.resolve("a.air");
        writer(path, RecordingLimits.DEFAULT).close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
    }

    @Test
    void is_readable_wherever_it_was_cut_off_and_says_so() throws IOException {
        Path path = folder.resolve("a.air");
        try (RecordingWriter writer = writer(path, RecordingLimits.DEFAULT)) {
            for (int i = 1; i <= 3; i++) {
                writer.point(i, 5, i, 0);
                writer.flush();
            }
        }
        byte[] whole = Files.readAllBytes(path);
        int most = 0;
        for (int length = RecordingLayout.HEADER_BYTES; length < whole.length; length++) {
            Files.write(path, Arrays.copyOf(whole, length));
            RecordingReader reader = RecordingReader.open(path);
            List<Event> events = read(reader);
            assertThat(events.size()).isGreaterThanOrEqualTo(most).isLessThan(3);
            most = events.size();
            for (int i = 0; i < events.size(); i++) {
                assertThat(events.get(i)).isEqualTo(new Event.Point(i + 1, 5, i + 1, 0));
            }
            if (events.size() < 2) {
                assertThat(reader.tornBytes()).isLessThan(length);
            }
        }
        assertThat(most).isEqualTo(2);
        Files.write(path, Arrays.copyOf(whole, whole.length - 1));
        RecordingReader reader = RecordingReader.open(path);
        read(reader);
        assertThat(reader.tornBytes()).isPositive();
    }

    @Test
    void a_flipped_bit_ends_the_reading_and_is_told() throws IOException {
        Path path = folder.resolve("a.air");
        try (RecordingWriter writer = writer(path, RecordingLimits.DEFAULT)) {
            writer.pollStart(1, 2, 3);
        }
        byte[] whole = Files.readAllBytes(path);
        whole[whole.length - 3] ^= 4;
        Files.write(path, whole);
        RecordingReader reader = RecordingReader.open(path);

        assertThat(read(reader)).isEmpty();
        assertThat(reader.tornBytes()).isPositive();
    }

    @Test
    void what_was_recorded_to_the_same_place_before_is_kept_aside_and_not_read_as_part_of_it() throws IOException {
        Path path = folder.resolve("a.air");
        try (RecordingWriter before = writer(path, RecordingLimits.DEFAULT)) {
            before.point(1, 5, 1, 0);
        }
        try (RecordingWriter writer = writer(path, RecordingLimits.DEFAULT)) {
            writer.point(2, 6, 2, 0);
        }

        assertThat(read(RecordingReader.open(path))).containsExactly(new Event.Point(2, 6, 2, 0));
        assertThat(read(RecordingReader.open(folder.resolve("a.air.1")))).containsExactly(new Event.Point(1, 5, 1, 0));
    }

    @Test
    void a_full_file_is_followed_by_another_one_and_the_oldest_goes() throws IOException {
        Path path = folder.resolve("a.air");
        int all = 20_000;
        try (RecordingWriter writer = RecordingWriter.create(
                path, new RecordingLimits(1 << 16, 3), TEXTS, to -> to.created(0, 77, EventCodes.MANUAL, 9, 0))) {
            for (int i = 0; i < all; i++) {
                writer.point(i, 5, 1, 0);
            }
        }
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("a.air", "a.air.1", "a.air.2");
        }
        RecordingReader reader = RecordingReader.open(path);
        List<Event> events = read(reader);
        assertThat(events.get(0)).as("one checkpoint").isEqualTo(new Event.Created(0, 77, EventCodes.MANUAL, 9, 0));
        assertThat(reader.text(9)).isEqualTo("täxt 9");
        int kept = events.size() - 1;
        assertThat(kept).isBetween(2 * 2048, 4 * 2048);
        for (int i = 1; i <= kept; i++) {
            assertThat(events.get(i)).isEqualTo(new Event.Point(all - kept + i - 1, 5, 1, 0));
        }
    }

    @Test
    void each_file_can_be_read_alone() throws IOException {
        Path path = folder.resolve("a.air");
        try (RecordingWriter writer = RecordingWriter.create(
                path, new RecordingLimits(1 << 16, 3), TEXTS, to -> to.created(0, 77, EventCodes.MANUAL, 9, 0))) {
            for (int i = 0; i < 20_000; i++) {
                writer.point(i, 5, 2, 0);
            }
        }
        Path alone = folder.resolve("alone.air");
        Files.copy(path, alone);
        RecordingReader reader = RecordingReader.open(alone);

        assertThat(read(reader).get(0)).isEqualTo(new Event.Created(0, 77, EventCodes.MANUAL, 9, 0));
        assertThat(reader.text(2)).isEqualTo("täxt 2");
    }

    @Test
    void what_is_no_recording_is_refused_in_one_line() throws IOException {
        Path path = folder.resolve("a.txt");
        Files.writeString(path, "hello, this is a text");

        assertThat(RecordingReader.isRecording(path)).isFalse();
        assertThatThrownBy(() -> RecordingReader.open(path))
                .isInstanceOf(RecordingException.class)
                .hasMessage(path + " is no recording of async-inspect");
    }

    @Test
    void a_newer_version_is_refused_and_says_which() throws IOException {
        Path path = folder.resolve("a.air");
        Files.write(
                path,
                ByteBuffer.allocate(16)
                        .putLong(RecordingLayout.MAGIC)
                        .putInt(2)
                        .putInt(1)
                        .array());

        assertThat(RecordingReader.isRecording(path)).isTrue();
        assertThatThrownBy(() -> RecordingReader.open(path))
                .hasMessage(path + " is a recording of version 2.1; this release reads up to 1.1: take a newer one");
    }

    @Test
    void a_file_that_cannot_be_written_any_longer_ends_the_recording_and_not_the_program() throws IOException {
        Path inner = Files.createDirectory(folder.resolve("inner"));
        Path path = inner.resolve("a.air");
        try (RecordingWriter writer = writer(path, new RecordingLimits(1 << 16, 1))) {
            Files.delete(path);
            Files.delete(inner);
            for (int i = 0; i < 5_000; i++) {
                writer.point(i, 5, 1, 0);
            }
            assertThat(writer.problem()).startsWith("cannot write to " + path);
        }
    }

    private static RecordingWriter writer(Path path, RecordingLimits limits) throws IOException {
        return RecordingWriter.create(path, limits, TEXTS, to -> {});
    }

    private static List<Event> read(RecordingReader reader) throws IOException {
        List<Event> events = new ArrayList<>();
        reader.forEach(new EventCollector(events::add));
        return events;
    }
}
