package dev.asyncinspect.packagedtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.testkit.Ended;
import dev.asyncinspect.testkit.JavaProcess;
import dev.asyncinspect.testkit.Jdk;
import dev.asyncinspect.testkit.Jdks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** {@code why} of a program that hangs and records: what its tasks did before. */
@Timeout(300)
class FlightRecorderTest {

    @TempDir
    Path folder;

    static Stream<Arguments> jdks() {
        return Matrix.of(2, Jdks.onThisMachine().of(17, 21, 25), List.of("before"));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void why_ofAProgramThatRecords_tellsForWhomItsWorkersWorkWhatTheyDidBeforeAndKeepsIt(Jdk jdk, String unused)
            throws Exception {
        JavaSource.compile(Path.of("src/test/programs/Quarrel.java"), folder);
        try (JavaProcess quarrel = JavaProcess.on(jdk, Shipped.agentOption() + "=record")
                .with("-cp", folder.toString(), "Quarrel")
                .start()) {
            quarrel.awaitLine("stuck");
            String pid = String.valueOf(quarrel.pid());
            // Both have the first lock when that line is printed; that they wait for the second is seen and not
            // assumed.
            Answer answer = Answer.of(Shipped.run("why", pid, "--json"));
            while (!waitsAreRecorded(answer)) {
                answer = Answer.of(Shipped.run("why", pid, "--json"));
            }
            assertThat(answer.findings()).containsExactly("lock-cycle PROVEN");
            assertThat(answer.finding("lock-cycle").get("recordedBefore")).hasSize(2);
            for (JsonNode before : answer.finding("lock-cycle").get("recordedBefore")) {
                assertThat(before.at("/runs/label").asString()).contains("executor task");
                assertThat(before.at("/runs/createdAt").asString()).startsWith("Quarrel");
            }

            Path evidence = folder.resolve("evidence");
            Ended text = Shipped.run("why", pid, "--evidence", evidence.toString());
            assertThat(text.stdout())
                    .contains("Recorded before:")
                    .containsPattern("Task #\\d+ 'pool-1-thread-1' runs Task #T\\d.*, created at Quarrel");
            Path kept = evidence.resolve("recording-" + pid + ".air");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
                    .isEqualTo("rw-------");
            assertThat(Shipped.run("stats", kept.toString()).stdout()).containsPattern("[1-9]\\d* blocked");
        }
    }

    /** Whether the last that is told of each is that it waits: what happened reaches the recording a moment later. */
    private static boolean waitsAreRecorded(Answer answer) {
        if (!answer.findings().contains("lock-cycle PROVEN")) {
            return false;
        }
        for (JsonNode before : answer.finding("lock-cycle").get("recordedBefore")) {
            JsonNode events = before.get("events");
            String last = events.get(events.size() - 1).get("text").asString();
            if (!last.contains("waits") || !last.contains("still")) {
                return false;
            }
        }
        return true;
    }
}
