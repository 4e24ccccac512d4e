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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code record PID --to FILE} on a program that knows nothing of it: for a while, until Ctrl-C, until the program ends. */
@Timeout(300)
class KeptRecordingTest {

    @TempDir
    Path folder;

    static Stream<Arguments> jdks() {
        return Matrix.of(1, Jdks.onThisMachine().of(17, 21, 25), List.of("for a while"));
    }

    @BeforeEach
    void compile() {
        JavaSource.compile(Path.of("src/test/programs/Courier.java"), folder);
    }

    private JavaProcess courier(Jdk jdk) throws Exception {
        JavaProcess courier = JavaProcess.on(jdk, "-XX:+EnableDynamicAgentLoading", "-cp", folder.toString(), "Courier")
                .start();
        courier.awaitLine("on the road");
        return courier;
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void record_forAWhile_keepsWhatHappenedForTheUserOnlyAndLeavesNothingBehind(Jdk jdk, String unused)
            throws Exception {
        Path file = folder.resolve("courier.air");
        try (JavaProcess courier = courier(jdk)) {
            String pid = String.valueOf(courier.pid());
            Ended ended = Shipped.run("record", pid, "--for", "2.5s", "--to", file.toString());

            assertThat(ended.exitCode()).as(ended.stderr()).isZero();
            assertThat(ended.stdout())
                    .contains("all classes are what they were.", "Look at it with: async-inspect timeline " + file);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(Shipped.run("info", pid).stdout()).containsPattern("records +no");
            assertDeliveries(file);
        }
    }

    @Test
    void record_untilCtrlC_endsCleanlyAndKeepsWhatIsThere() throws Exception {
        Path file = folder.resolve("courier.air");
        Jdk jdk = Jdks.onThisMachine().require(25);
        try (JavaProcess courier = courier(jdk)) {
            String pid = String.valueOf(courier.pid());
            try (JavaProcess record = JavaProcess.on(jdk, "-jar", Shipped.JAR.toString())
                    .with("record", pid, "--to", file.toString())
                    .start()) {
                awaitEvents(file);
                int expected = CtrlC.on(record);
                Ended ended = record.awaitEnd();

                assertThat(ended.exitCode()).isEqualTo(expected);
                assertThat(ended.stdout()).contains("all classes are what they were.");
            }
            assertThat(Shipped.run("info", pid).stdout()).containsPattern("records +no");
            assertDeliveries(file);
        }
    }

    @Test
    void record_ofAProgramThatEnds_keepsWhatCameByThen() throws Exception {
        Path file = folder.resolve("courier.air");
        Jdk jdk = Jdks.onThisMachine().require(25);
        try (JavaProcess courier = courier(jdk);
                JavaProcess record = JavaProcess.on(jdk, "-jar", Shipped.JAR.toString())
                        .with("record", String.valueOf(courier.pid()), "--to", file.toString())
                        .start()) {
            awaitEvents(file);
            assertThat(new ProcessBuilder("kill", "-9", String.valueOf(courier.pid()))
                            .start()
                            .waitFor())
                    .isZero();
            Ended ended = record.awaitEnd();

            assertThat(ended.exitCode()).as(ended.stderr()).isEqualTo(4);
            assertThat(ended.stdout()).contains("it ended meanwhile.");
            assertDeliveries(file);
        }
    }

    @Test
    void record_ofAProgramThatRecordsAlready_keepsThatTooAndLeavesItRecording() throws Exception {
        Path file = folder.resolve("courier.air");
        try (JavaProcess courier = courier(Jdks.onThisMachine().require(25))) {
            String pid = String.valueOf(courier.pid());
            assertThat(Shipped.run("record", pid, "--sites").exitCode()).isZero();
            Ended again = Shipped.run("record", pid, "--sites", "--to", file.toString());
            assertThat(again.stderr())
                    .contains("process " + pid + " records already, and only a recording that begins");
            assertThat(again.exitCode()).isEqualTo(3);
            assertThat(file).doesNotExist();
            Ended ended = Shipped.run("record", pid, "--for", "1.0s", "--to", file.toString());

            assertThat(ended.stdout()).contains("it recorded already, which is kept too, and records on.");
            assertThat(Shipped.run("info", pid).stdout()).containsPattern("records +\\d+ hooks on");
            assertDeliveries(file);
            assertThat(Shipped.run("events", file.toString()).stdout())
                    .as("the lines that submit, as --sites asked for")
                    .contains("at Courier.deliver(Courier.java:");
        }
    }

    /** Deliveries of the pool, each ended or under way, in a recording that is as long as it took. */
    private static void assertDeliveries(Path file) throws Exception {
        Ended ended = Shipped.run("timeline", file.toString(), "--limit", "100000", "--json");
        assertThat(ended.exitCode()).as(ended.stderr()).isZero();
        JsonNode answer = new JsonMapper().readTree(ended.stdout());
        long completed = 0;
        for (JsonNode task : answer.get("timeline")) {
            boolean delivery = task.get("kind").asString().equals("EXECUTOR_TASK");
            completed += delivery && task.get("state").asString().equals("COMPLETED") ? 1 : 0;
        }
        assertThat(completed).as("deliveries that were recorded whole").isPositive();
        assertThat(answer.at("/recording/lengthNanos").asLong())
                .as("a recording of minutes at most, however long the machine is up")
                .isBetween(1L, 600_000_000_000L);
    }

    /** Until the file holds more than its beginning. */
    private static void awaitEvents(Path file) throws Exception {
        while (!Files.exists(file) || Files.size(file) < 5_000) {
            Thread.onSpinWait(); // it is written several times a second; the time limit of the test ends this
        }
    }
}
