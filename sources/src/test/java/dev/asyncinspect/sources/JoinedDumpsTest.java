package dev.asyncinspect.sources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.model.History;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Source;
import dev.asyncinspect.model.TaskKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A text dump and a JSON dump of one JVM at one moment say more together; of different moments nothing is put together. */
class JoinedDumpsTest {

    @TempDir
    static Path folder;

    @BeforeAll
    static void copies() throws Exception {
        for (String version : List.of("21.0.13", "25.0.3", "25.0.5")) {
            for (String form : List.of("txt", "json")) {
                Files.writeString(folder.resolve(version + "." + form), Dumps.text("sick-" + version + "." + form));
            }
        }
    }

    private static Path file(String name, String content) throws Exception {
        return Files.writeString(folder.resolve(name), content);
    }

    private static List<History> read(Path... files) throws SourceException {
        return DumpFiles.read(List.of(files), new AwaitSites(ClassFiles.none()));
    }

    private static Snapshot joined(String version) throws Exception {
        List<History> histories = read(folder.resolve(version + ".json"), folder.resolve(version + ".txt"));
        assertThat(histories).hasSize(1);
        Snapshot snapshot = histories.get(0).latest();
        assertThat(snapshot.source().distance()).isEqualTo(Source.Distance.JOINED_DUMPS);
        return snapshot;
    }

    @Test
    void the_monitors_of_jdk_21_come_from_the_text_and_its_virtual_threads_from_the_json() throws Exception {
        Snapshot snapshot = joined("21.0.13");
        assertThat(Dumps.holders(snapshot, "m1")).containsExactly("m2");
        assertThat(snapshot.tasks())
                .filteredOn(task -> task.kind() == TaskKind.VIRTUAL_THREAD)
                .hasSizeGreaterThan(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"25.0.3", "25.0.5"})
    void processor_times_come_from_the_text_and_owners_of_virtual_threads_from_the_json(String version)
            throws Exception {
        Snapshot snapshot = joined(version);
        assertThat(Dumps.holders(snapshot, "v1")).containsExactly("v2");
        assertThat(Dumps.holders(snapshot, "m1")).containsExactly("m2");
        assertThat(Dumps.task(snapshot, "m1").thread().cpuNanos()).isPositive();
    }

    @Test
    void a_text_in_the_time_of_another_zone_is_still_of_that_moment() throws Exception {
        Path abroad = file("abroad.txt", Dumps.text("sick-25.0.3.txt").replace("19:15:38", "21:45:39"));
        assertThat(read(abroad, folder.resolve("25.0.3.json"))).hasSize(1);
    }

    @Test
    void dumps_of_different_moments_stay_apart() throws Exception {
        Path later = file("later.txt", Dumps.text("sick-25.0.3.txt").replace("19:15:38", "19:15:49"));
        Path undated = file("undated.txt", Dumps.text("sick-25.0.3.txt").replace("2026-11-23 19:15:38", "no date"));
        assertThat(distances(later, folder.resolve("25.0.3.json")))
                .containsExactly(Source.Distance.TEXT_DUMP, Source.Distance.JSON_DUMP);
        assertThat(distances(undated, folder.resolve("25.0.3.json")))
                .containsExactly(Source.Distance.TEXT_DUMP, Source.Distance.JSON_DUMP);
    }

    @Test
    void dumps_of_different_jvms_stay_apart() throws Exception {
        Path newer = file("newer.txt", Dumps.text("sick-25.0.3.txt").replace("25.0.3+9", "25.0.4+1"));
        assertThat(distances(newer, folder.resolve("25.0.3.json"))).hasSize(2);
        Path stranger = file("stranger.txt", Dumps.text("sick-25.0.3.txt").replaceAll("\"([a-z])", "\"x$1"));
        assertThat(distances(stranger, folder.resolve("25.0.3.json"))).hasSize(2);
    }

    @Test
    void a_dump_more_of_one_form_is_joined_with_nothing() throws Exception {
        Path later = file("second.txt", Dumps.text("sick-25.0.3.txt").replace("19:15:38", "19:15:49"));
        assertThat(distances(folder.resolve("25.0.3.txt"), later, folder.resolve("25.0.3.json")))
                .containsExactly(Source.Distance.TEXT_DUMP, Source.Distance.JSON_DUMP);
    }

    @Test
    void what_a_thread_held_that_stands_elsewhere_in_the_json_is_unknown() throws Exception {
        String moved = Dumps.text("sick-21.0.13.txt");
        int holder = moved.indexOf("\"m2\"");
        int frame = moved.indexOf("\tat ", holder);
        Path text = file(
                "moved.txt",
                moved.substring(0, frame) + "\tat shop.Elsewhere.run(Elsewhere.java:1)\n" + moved.substring(frame));
        Snapshot snapshot = read(text, folder.resolve("21.0.13.json")).get(0).latest();
        assertThat(Dumps.awaited(snapshot, "m1").holders().basis())
                .isEqualTo("its holder went on while the sample was taken");
    }

    private static List<Source.Distance> distances(Path... files) throws SourceException {
        List<Source.Distance> distances = new ArrayList<>();
        read(files).forEach(history -> distances.add(history.latest().source().distance()));
        return distances;
    }
}
