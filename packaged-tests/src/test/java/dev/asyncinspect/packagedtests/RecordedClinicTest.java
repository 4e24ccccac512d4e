package dev.asyncinspect.packagedtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.testkit.Ended;
import dev.asyncinspect.testkit.JavaProcess;
import dev.asyncinspect.testkit.Jdk;
import dev.asyncinspect.testkit.Jdks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** The fault of the clinic that only time shows is found in a recording of it, and the healthy twin is left alone. */
@Timeout(300)
class RecordedClinicTest {

    /** Findings about growth need a recording of five seconds. */
    private static final long LEAST_NANOS = TimeUnit.SECONDS.toNanos(6);

    @TempDir
    Path folder;

    static Stream<Arguments> jdks() {
        return Matrix.of(1, Jdks.onThisMachine().of(17, 21, 25), List.of("overload"));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void growth_isFoundInTheRecordingOfTheSick_andNotOfTheHealthy(Jdk jdk, String fault) throws Exception {
        Path sick = folder.resolve("sick.air");
        Path healthy = folder.resolve("healthy.air");
        try (JavaProcess one = start(jdk, sick, fault);
                JavaProcess other = start(jdk, healthy, fault, "--healthy")) {
            one.awaitLine("ready ");
            other.awaitLine("ready ");
            Answer found = why(sick);
            while (!found.findings().containsAll(List.of("leaked-task LIKELY", "queue-growth LIKELY"))) {
                found = why(sick); // it grows as long as it lives
            }
            assertThat(found.findings()).allMatch(RecordedClinicTest::isOfGrowth);
            while (nanos(healthy) < LEAST_NANOS) {
                Thread.onSpinWait();
            }
            assertThat(why(healthy).findings()).allMatch(finding -> finding.endsWith(" HINT"));
        }
    }

    private static boolean isOfGrowth(String finding) {
        return finding.startsWith("leaked-task ") || finding.startsWith("queue-growth ") || finding.endsWith(" HINT");
    }

    private static JavaProcess start(Jdk jdk, Path file, String... arguments) throws Exception {
        return JavaProcess.on(
                        jdk, Shipped.agentOption() + "=record,sites,to=" + file, "-jar", Shipped.CLINIC.toString())
                .with(arguments)
                .start();
    }

    private static Answer why(Path file) throws Exception {
        while (!Files.exists(file)) {
            Thread.onSpinWait();
        }
        return Answer.of(Shipped.run("why", "--file", file.toString(), "--json"));
    }

    /** How long this recording is by now. */
    private static long nanos(Path file) throws Exception {
        Ended stats = Shipped.run("stats", file.toString(), "--json");
        return new JsonMapper().readTree(stats.stdout()).findPath("lengthNanos").asLong(0);
    }
}
