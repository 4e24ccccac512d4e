package dev.asyncinspect.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.core.event.EventEncoder;
import dev.asyncinspect.core.event.EventLayout;
import dev.asyncinspect.core.event.Symbols;
import dev.asyncinspect.core.recording.RecordingLimits;
import dev.asyncinspect.core.recording.RecordingWriter;
import dev.asyncinspect.model.Gap;
import dev.asyncinspect.model.History;
import dev.asyncinspect.model.RecordedEvent;
import dev.asyncinspect.model.Recording;
import dev.asyncinspect.model.Source;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.TaskState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recordings in files, whole and in part. */
class RecordingFilesTest {

    private static final long TASK = EventLayout.FIRST_TASK_ID;
    private static final Symbols TEXTS = symbol -> symbol == 0 ? null : "text " + symbol;
    private static final long MILLI = 1_000_000;

    @TempDir
    Path folder;

    private Path written(int tasks) throws IOException {
        Path file = folder.resolve("run.air");
        write(file, tasks, RecordingLimits.DEFAULT);
        return file;
    }

    /** Each task is created at its number in milliseconds, runs at once, and waits a millisecond later. */
    private static void write(Path file, int tasks, RecordingLimits limits) throws IOException {
        try (RecordingWriter out = RecordingWriter.create(file, limits, TEXTS, start -> {})) {
            out.clock(0, 1_767_355_200_000L * MILLI);
            for (int i = 0; i < tasks; i++) {
                life(out, i);
            }
        }
    }

    private static void life(EventEncoder out, int number) {
        long now = number * MILLI;
        out.created(now, TASK + number, EventCodes.EXECUTOR_TASK, 2, 0);
        out.pollStart(now, TASK + number, 1);
        out.awaitStart(now + MILLI, TASK + number, EventCodes.AWAIT_ENDS_POLL, 3, 0);
    }

    @Test
    void a_recording_is_read_back_as_it_was_written() throws Exception {
        Recording recording = RecordingFiles.read(written(100));
        assertThat(recording.tasks()).hasSize(100);
        assertThat(recording.events()).isEqualTo(301);
        assertThat(recording.lengthNanos()).isEqualTo(100 * MILLI);
        assertThat(recording.isWhole()).isTrue();
        assertThat(recording.source().distance()).isEqualTo(Source.Distance.RECORDING);
        assertThat(recording.tasks().get(7).createdAt().orNull()).hasToString("text 2");
        assertThat(recording.tasks().get(7).awaits().get(0).site()).hasToString("text 3");
    }

    @Test
    void of_a_recording_as_much_is_read_as_is_asked_for() throws Exception {
        Recording part = RecordingFiles.read(written(100), Duration.ofNanos(50 * MILLI + 1));
        assertThat(part.lengthNanos()).isEqualTo(50 * MILLI + 1);
        assertThat(part.tasks()).hasSize(51);
        Task last = Objects.requireNonNull(part.end().task(TASK + 50));
        assertThat(last.state()).isEqualTo(TaskState.RUNNING);
        assertThat(Objects.requireNonNull(part.end().task(TASK + 48)).state()).isEqualTo(TaskState.BLOCKED);
    }

    @Test
    void a_moment_beyond_the_end_is_told_in_one_line() throws Exception {
        Path file = written(100);
        assertThatThrownBy(() -> RecordingFiles.read(file, Duration.ofSeconds(9)))
                .isInstanceOf(SourceException.class)
                .hasMessage(file + " ends 0.100 s after its beginning, before 9.000 s");
    }

    @Test
    void a_recording_in_several_files_is_one() throws Exception {
        Path file = folder.resolve("run.air");
        write(file, 3_000, new RecordingLimits(64 * 1024, 9));
        assertThat(folder.resolve("run.air.1")).exists();
        Recording recording = RecordingFiles.read(file);
        assertThat(recording.tasks()).hasSize(3_000);
        assertThat(recording.isWhole()).isTrue();
    }

    @Test
    void the_end_that_a_kill_left_unfinished_is_told_and_the_rest_is_read() throws Exception {
        Path file = written(5_000);
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 100));
        Recording recording = RecordingFiles.read(file);
        assertThat(recording.completeness().truncated()).isTrue();
        assertThat(recording.completeness().gaps())
                .extracting(Gap::what)
                .singleElement()
                .asString()
                .matches("[\\d,]+ bytes at the end, written in part");
        assertThat(recording.tasks()).hasSizeBetween(4_000, 4_999);
        assertThat(RecordingFiles.events(file, event -> {})).isFalse();
    }

    @Test
    void no_truncation_is_more_than_a_shorter_recording_or_one_line() throws Exception {
        byte[] whole = Files.readAllBytes(written(20));
        Path cut = folder.resolve("cut.air");
        for (int length = 0; length < whole.length; length++) {
            Files.write(cut, Arrays.copyOf(whole, length));
            try {
                assertThat(RecordingFiles.read(cut).tasks()).hasSizeLessThanOrEqualTo(20);
            } catch (SourceException e) {
                assertThat(length).isLessThan(16);
                assertThat(e.getMessage()).isEqualTo(cut + " is no recording of async-inspect");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "JAVA PROFILE 1.0.2\0", "{}"})
    void what_is_no_recording_is_told_in_one_line(String content) throws IOException {
        Path file = folder.resolve("given");
        Files.writeString(file, content, StandardCharsets.ISO_8859_1);
        assertThat(RecordingFiles.isRecording(file)).isFalse();
        assertThatThrownBy(() -> RecordingFiles.read(file))
                .isInstanceOf(SourceException.class)
                .hasMessage(file + " is no recording of async-inspect");
    }

    @Test
    void a_newer_version_a_missing_file_and_a_folder_are_told_in_one_line() throws Exception {
        Path file = written(1);
        byte[] bytes = Files.readAllBytes(file);
        bytes[11] = 9;
        Files.write(file, bytes);
        assertThatThrownBy(() -> RecordingFiles.read(file))
                .hasMessageContaining("is a recording of version 9.1", "newer");
        assertThatThrownBy(() -> RecordingFiles.read(folder.resolve("none"))).hasMessageStartingWith("no file ");
        assertThatThrownBy(() -> RecordingFiles.read(folder)).hasMessageContaining("is a folder");
    }

    @Test
    void among_other_files_a_recording_is_told_by_its_content() throws Exception {
        Path renamed = folder.resolve("notes.txt");
        Files.move(written(5), renamed);
        List<History> histories = DumpFiles.read(List.of(renamed), new AwaitSites(ClassFiles.none()));
        assertThat(histories).singleElement().satisfies(history -> {
            assertThat(history.recording()).isNotNull();
            assertThat(history.latest().tasks()).hasSize(5);
        });
    }

    @Test
    void from_standard_input_a_recording_is_refused_in_one_line() throws Exception {
        Path file = written(5);
        try (var stream = Files.newInputStream(file)) {
            assertThatThrownBy(() -> DumpFiles.read(stream, "standard input", new AwaitSites(ClassFiles.none())))
                    .hasMessage("standard input is a recording; that is read from a file only: give its name");
        }
    }

    @Test
    void events_are_told_one_by_one() throws Exception {
        List<RecordedEvent> events = new ArrayList<>();
        assertThat(RecordingFiles.events(written(1), events::add)).isTrue();
        assertThat(events)
                .containsExactly(
                        new RecordedEvent(0, RecordedEvent.Kind.CLOCK, 0, 0, "2026-01-02T12:00:00Z"),
                        new RecordedEvent(0, RecordedEvent.Kind.CREATED, TASK, 0, "executor task, at text 2"),
                        new RecordedEvent(0, RecordedEvent.Kind.POLL_START, TASK, 1, "on thread #1"),
                        new RecordedEvent(MILLI, RecordedEvent.Kind.AWAIT_START, TASK, 0, "at text 3"));
    }

    @Test
    void who_follows_gets_each_event_once_while_it_is_written() throws Exception {
        Path file = folder.resolve("run.air");
        List<RecordedEvent> seen = new ArrayList<>();
        try (RecordingWriter out = RecordingWriter.create(file, RecordingLimits.DEFAULT, TEXTS, start -> {})) {
            life(out, 0);
            out.flush();
            Thread reader = Thread.currentThread();
            assertThatThrownBy(() -> RecordingTail.follow(file, event -> {
                        seen.add(event);
                        if (seen.size() == 3) {
                            life(out, 1);
                            out.flush();
                        } else if (seen.size() == 6) {
                            reader.interrupt();
                        }
                    }))
                    .isInstanceOf(InterruptedException.class);
        }
        assertThat(seen).hasSize(6).doesNotHaveDuplicates();
    }

    @Test
    void the_end_as_views_tell_it_is_still_in_the_recording() throws Exception {
        Path file = written(100);
        long length = RecordingFiles.read(file).lengthNanos();

        assertThat(RecordingFiles.read(file, Duration.ofNanos(length + 49 * MILLI))
                        .lengthNanos())
                .isEqualTo(length);
        assertThatThrownBy(() -> RecordingFiles.read(file, Duration.ofNanos(length + 51 * MILLI)))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("ends");
    }

    @Test
    void a_recording_without_any_event_is_told_to_be_no_whole_one() throws Exception {
        Path file = written(3);
        Path begun = folder.resolve("begun.air");
        Files.write(begun, Arrays.copyOf(Files.readAllBytes(file), 16));

        Recording recording = RecordingFiles.read(begun);

        assertThat(recording.completeness().truncated()).isTrue();
        assertThat(recording.completeness().gaps())
                .extracting(Gap::toString)
                .containsExactly("anything: the recording was begun, and no event written");
    }

    @Test
    void who_follows_gets_each_event_once_while_file_after_file_is_begun() throws Exception {
        Path file = folder.resolve("run.air");
        int chunk = 300;
        int all = 12 * chunk;
        List<Long> created = new ArrayList<>();
        try (RecordingWriter out =
                RecordingWriter.create(file, new RecordingLimits(64 * 1024, 3), TEXTS, start -> {})) {
            chunk(out, 0, chunk);
            Thread reader = Thread.currentThread();
            assertThatThrownBy(() -> RecordingTail.follow(file, event -> {
                        if (event.kind() == RecordedEvent.Kind.CREATED) {
                            created.add(event.taskId());
                        } else if (event.kind() == RecordedEvent.Kind.CLOCK && created.size() < all) {
                            chunk(out, created.size(), chunk);
                        } else if (created.size() == all) {
                            reader.interrupt();
                        }
                    }))
                    .isInstanceOf(InterruptedException.class);
        }
        assertThat(folder.resolve("run.air.2")).as("a third file").exists();
        assertThat(created).hasSize(all).doesNotHaveDuplicates();
    }

    /** So many lives, and a clock, at which a file that is full is followed by the next. */
    private static void chunk(EventEncoder out, int from, int many) {
        for (int i = 0; i < many; i++) {
            life(out, from + i);
        }
        out.clock((from + many) * MILLI, 1_767_355_200_000L * MILLI);
    }
}
