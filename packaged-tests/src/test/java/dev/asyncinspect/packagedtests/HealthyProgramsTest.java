package dev.asyncinspect.packagedtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.testkit.Ended;
import dev.asyncinspect.testkit.JavaProcess;
import dev.asyncinspect.testkit.Jdk;
import dev.asyncinspect.testkit.Jdks;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Well-known servers and libraries under load: nothing about them is proven or likely, however often we look. */
class HealthyProgramsTest {

    private static final Path TARGET = Path.of("../examples/healthy/target");

    /** How often each is looked at; {@code ./check --full} makes it 1,000 in all on each JDK. */
    private static final int LOOKS = Integer.getInteger("healthy.looks", 2);

    static Stream<Arguments> programs() {
        List<Jdk> jdks = Stream.of(17, 25).map(Jdks.onThisMachine()::require).toList();
        return Matrix.of(1, jdks, List.of("SpringShop", "VertxEcho", "LuceneSearch", "ArtemisOrders", "KafkaLog"));
    }

    @ParameterizedTest(name = "{1} on {0}")
    @MethodSource("programs")
    void there_is_nothing_to_say_about_it(Jdk jdk, String program) throws Exception {
        try (JavaProcess running = JavaProcess.on(jdk, "-Xmx512m", "-cp", classPath())
                .with("dev.asyncinspect.examples.healthy." + program)
                .patience(Duration.ofMinutes(5))
                .start()) {
            running.awaitLine("ready ");
            String pid = String.valueOf(running.pid());
            for (int look = 0; look < LOOKS; look++) {
                leavesAlone(Shipped.run("why", pid, "--timeout", "120s", "--json"));
            }
            leavesAlone(Shipped.run("prove", pid, "--json"));
            assertThat(running.isAlive()).isTrue();
        }
    }

    private static void leavesAlone(Ended ended) {
        Answer answer = Answer.of(ended);
        assertThat(answer.findings()).as(ended.stdout()).allMatch(finding -> finding.endsWith(" HINT"));
        assertThat(answer.exitCode()).isZero();
    }

    private static String classPath() throws IOException {
        String libraries = Files.readString(TARGET.resolve("classpath.txt")).strip();
        return String.join(
                File.pathSeparator, List.of(TARGET.resolve("healthy.jar").toString(), libraries));
    }
}
