package dev.asyncinspect.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asyncinspect.model.History;
import dev.asyncinspect.model.Snapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a file holds, the answer is a snapshot or one clear line. */
class BadDumpsTest {

    @TempDir
    Path folder;

    static Stream<Arguments> contentsThatAreNoDump() {
        return Stream.of(
                Arguments.of("", "is empty"),
                Arguments.of("JAVA PROFILE 1.0.2\0", "is a heap dump"),
                Arguments.of("FLR\0\0\2", "is a flight recording"),
                Arguments.of("PK\3\4", "is compressed"),
                Arguments.of("<!DOCTYPE html>", "is a web page"),
                Arguments.of("a\0b", "is no text"),
                Arguments.of("hello\nworld", "holds no thread dump"),
                Arguments.of("{}", "holds no thread dump"),
                Arguments.of("{\"a\": [1, {}]}", "holds no thread dump"),
                Arguments.of("{\"threadDump\": 3}", "holds no thread dump"));
    }

    @ParameterizedTest
    @MethodSource("contentsThatAreNoDump")
    void what_is_no_dump_is_told_in_one_line(String content, String complaint) throws IOException {
        Path file = folder.resolve("given");
        Files.writeString(file, content, StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> DumpFiles.read(List.of(file), sites()))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("given " + complaint)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }

    @Test
    void a_missing_file_and_a_folder_are_told_in_one_line() {
        assertThatThrownBy(() -> DumpFiles.read(List.of(folder.resolve("none")), sites()))
                .isInstanceOf(SourceException.class)
                .hasMessageStartingWith("no file ");
        assertThatThrownBy(() -> DumpFiles.read(List.of(folder), sites()))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("is a folder");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sick-17.0.15.txt", "sick-25.0.3.txt", "sick-25.0.3.json", "sick-21.0.13.json"})
    void a_dump_cut_anywhere_gives_what_came_before_or_one_line(String resource) {
        String whole = Dumps.text(resource);
        int readable = 0;
        for (int length = 1; length < whole.length(); length += 37) {
            try {
                Snapshot snapshot = latest(whole.substring(0, length));
                readable++;
                boolean marked = snapshot.completeness().truncated();
                assertThat(marked || whole.indexOf("JNI global ref") < length)
                        .as("cut at %s is marked as truncated", length)
                        .isTrue();
            } catch (SourceException e) {
                assertThat(e.getMessage()).doesNotContain("\n");
            }
        }
        assertThat(readable).as("cuts that could be read").isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sick-25.0.3.txt", "sick-25.0.3.json"})
    void a_damaged_dump_never_fails_otherwise(String resource) {
        char[] whole = Dumps.text(resource).toCharArray();
        Random random = new Random(42);
        for (int round = 0; round < 300; round++) {
            char[] damaged = whole.clone();
            for (int i = 0; i < 20; i++) {
                damaged[random.nextInt(damaged.length)] = (char) (1 + random.nextInt(126));
            }
            try {
                assertThat(latest(new String(damaged))).isNotNull();
            } catch (SourceException e) {
                assertThat(e.getMessage()).doesNotContain("\n");
            }
        }
    }

    @Test
    void a_dump_in_the_middle_of_a_log_is_found_with_any_line_ends() throws SourceException {
        String dump = Dumps.text("sick-17.0.15.txt").replace("\n", "\r\n");
        Snapshot snapshot =
                latest("2026-01-01 INFO started\r\nat once\r\n" + dump + "\r\n12:00 WARN \"quoted\" text\r\n");
        assertThat(snapshot.tasks()).hasSize(26);
        assertThat(Dumps.holders(snapshot, "m1")).containsExactly("m2");
    }

    @Test
    void a_line_of_many_megabytes_is_passed_over() throws SourceException {
        String log = "x".repeat(20_000_000) + "\n" + Dumps.text("sick-17.0.15.txt");
        assertThat(latest(log).tasks()).hasSize(26);
    }

    @Test
    void several_dumps_of_one_jvm_are_one_history_in_the_order_they_were_taken() throws SourceException {
        String first = Dumps.text("sick-25.0.3.txt");
        String second = first.replace("2026-11-23 19:15:38", "2026-11-23 19:15:20");
        List<History> histories = DumpFiles.read(Dumps.stream(first + second), "log", sites());
        assertThat(histories).hasSize(1);
        assertThat(histories.get(0).snapshots()).hasSize(2);
        assertThat(histories.get(0).snapshots().get(0).takenAt())
                .isBefore(histories.get(0).latest().takenAt());
    }

    @Test
    void one_bad_file_among_good_ones_is_a_gap_of_what_is_answered(@TempDir Path folder) throws Exception {
        Path good = Files.writeString(folder.resolve("good"), Dumps.text("sick-17.0.15.txt"));
        Path bad = Files.writeString(folder.resolve("bad"), "nothing of use");
        Snapshot snapshot = DumpFiles.read(List.of(bad, good), sites()).get(0).latest();
        assertThat(snapshot.tasks()).hasSize(26);
        assertThat(snapshot.completeness().truncated()).isTrue();
        assertThat(snapshot.completeness().gaps())
                .anyMatch(gap -> gap.what().startsWith(bad + " holds no thread dump"));
        assertThatThrownBy(() -> DumpFiles.read(List.of(bad, folder.resolve("gone")), sites()))
                .isInstanceOf(SourceException.class)
                .hasMessageStartingWith(bad + " holds no thread dump");
    }

    @Test
    void dumps_of_different_jvms_are_different_histories() throws SourceException {
        String both = Dumps.text("sick-17.0.15.txt") + Dumps.text("sick-25.0.3.txt");
        assertThat(DumpFiles.read(Dumps.stream(both), "log", sites())).hasSize(2);
    }

    @Test
    void a_dump_without_lock_owners_says_so() throws SourceException {
        String without = Dumps.text("sick-17.0.15.txt").replace("   Locked ownable synchronizers:", "");
        Snapshot snapshot = latest(without);
        assertThat(Dumps.awaited(snapshot, "l1").holders().basis()).contains("without -l");
        assertThat(snapshot.completeness().gaps()).anyMatch(gap -> gap.remedy().contains("Thread.print -l"));
    }

    private static Snapshot latest(String text) throws SourceException {
        return DumpFiles.read(Dumps.stream(text), "test", sites()).get(0).latest();
    }

    private static AwaitSites sites() {
        return new AwaitSites(ClassFiles.none());
    }
}
