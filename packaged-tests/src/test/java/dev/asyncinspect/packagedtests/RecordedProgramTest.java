package dev.asyncinspect.packagedtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.testkit.Ended;
import dev.asyncinspect.testkit.JavaProcess;
import dev.asyncinspect.testkit.Jdk;
import dev.asyncinspect.testkit.Jdks;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is recorded of stages, forks, permits and latches of a program that knows nothing of it, and what follows from that. */
class RecordedProgramTest {

    @TempDir
    Path folder;

    static Stream<Arguments> programs() {
        return Matrix.of(2, Jdks.onThisMachine().of(17, 21, 25), List.of("sick", "healthy"));
    }

    @BeforeEach
    void compile() {
        JavaSource.compile(Path.of("src/test/programs/Bakery.java"), folder);
    }

    @ParameterizedTest
    @MethodSource("programs")
    void its_stages_and_forks_are_tasks_its_hooks_are_tested_ones_and_a_cycle_through_permits_is_found(
            Jdk jdk, String variant) throws Exception {
        Path file = folder.resolve("bakery.air");
        try (JavaProcess bakery = JavaProcess.on(jdk, Shipped.agentOption() + "=record,sites,to=" + file)
                .with("-cp", folder.toString(), "Bakery", variant)
                .start()) {
            bakery.awaitLine("baked");
            Ended info = Shipped.run("info", String.valueOf(bakery.pid()));
            assertThat(info.stdout().lines().filter(line -> line.contains(" failures ")))
                    .isNotEmpty()
                    .allMatch(line -> (line.contains(" on ") && line.contains(" 0 failures  tested with this code"))
                            || line.contains(" pending "));
            if (variant.equals("sick")) {
                Ended live = Shipped.run("why", String.valueOf(bakery.pid()));
                assertThat(live.exitCode()).as(live.stdout()).isEqualTo(1);
                assertThat(live.stdout())
                        .as("what the objects do not know and the recording does")
                        .contains("lock-cycle · LIKELY", "lost-signal · LIKELY", "permit-leak · LIKELY");
            }
            bakery.writeLine("enough");
            assertThat(bakery.awaitEnd().exitCode()).isZero();
        }

        List<JsonNode> tasks = tasks(file);
        assertThat(tasks)
                .filteredOn(task -> task.get("kind").asString().equals("FUTURE_STAGE"))
                .as("thenApplyAsync, thenCompose and the supplyAsync in it")
                .hasSize(3)
                .allMatch(stage -> stage.get("state").asString().equals("COMPLETED"));
        assertThat(tasks)
                .filteredOn(task -> task.get("name").asString().equals("Bakery$Dough"))
                .as("the dough and seven halves")
                .hasSize(8)
                .allMatch(dough -> dough.get("state").asString().equals("COMPLETED"));
        assertThat(tasks).extracting(task -> task.get("name").asString()).contains("baker first", "Bakery.price");
        Answer why = Answer.of(Shipped.run("why", "--file", file.toString(), "--json"));
        if (variant.equals("sick")) {
            assertThat(why.findings()).contains("lock-cycle LIKELY");
            assertThat(why.culprits("lock-cycle")).containsExactlyInAnyOrder("baker first", "baker second");
            assertThat(why.findings()).contains("lost-signal LIKELY", "permit-leak LIKELY");
            assertThat(why.culprits("lost-signal")).containsExactly("head taster");
            assertThat(why.finding("lost-signal").get("sentence").asString())
                    .contains("2 of the 3 tasks it created at Bakery.daemon(");
            assertThat(why.culprits("permit-leak")).containsExactly("cleaner");
        } else {
            assertThat(why.findings()).allMatch(finding -> finding.endsWith("HINT"));
        }
    }

    private static List<JsonNode> tasks(Path recording) throws Exception {
        Ended ended = Shipped.run("timeline", recording.toString(), "--json");
        assertThat(ended.exitCode()).as(ended.stderr()).isZero();
        JsonNode tasks = new JsonMapper().readTree(ended.stdout()).get("timeline");
        return StreamSupport.stream(tasks.spliterator(), false).toList();
    }
}
