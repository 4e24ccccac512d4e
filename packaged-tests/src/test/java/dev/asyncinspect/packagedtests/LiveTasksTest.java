package dev.asyncinspect.packagedtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.testkit.Ended;
import dev.asyncinspect.testkit.JavaProcess;
import dev.asyncinspect.testkit.Jdks;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A recorded program with a million tasks that wait: it goes on, and what is asked about it has an answer of bounded length. */
@EnabledIfSystemProperty(named = "matrix.full", matches = "true")
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class LiveTasksTest {

    private static final int MILLION = 1_000_000;
    private static final int LONGEST_ANSWER = 50_000;

    @TempDir
    Path folder;

    @BeforeEach
    void compile() {
        JavaSource.compile(Path.of("src/test/programs/Waiters.java"), folder, 21);
    }

    @ParameterizedTest
    @ValueSource(strings = {"threads", "futures"})
    void a_million_tasks_that_wait_are_recorded_and_asked_about(String kind) throws Exception {
        try (JavaProcess program = JavaProcess.on(
                        Jdks.onThisMachine().require(25), "-Xmx6g", Shipped.agentOption() + "=record")
                .with("-cp", folder.toString(), "Waiters", kind, String.valueOf(MILLION))
                .patience(Duration.ofMinutes(5))
                .start()) {
            program.awaitLine("wait " + MILLION);
            String pid = String.valueOf(program.pid());
            for (String command : new String[] {"stats", "tasks", "leaks", "why"}) {
                Ended answer = Shipped.run(command, pid);
                assertThat(answer.exitCode()).as(command + answer.stderr()).isZero();
                assertThat(answer.stdout()).as(command).isNotEmpty().hasSizeLessThan(LONGEST_ANSWER);
            }
            assertThat(Shipped.run("stats", pid).stdout()).contains(" tasks: ").contains("events that the recorder");
            assertThat(Shipped.run("info", pid).stdout().lines().filter(line -> line.contains(" failures ")))
                    .isNotEmpty()
                    .allMatch(line -> line.contains(" 0 failures "));
            assertThat(Shipped.run("stop", pid).stdout()).contains("all classes are what they were");
            program.writeLine("go");
            assertThat(program.awaitLine("went ")).isEqualTo("went " + (kind.equals("threads") ? MILLION : 0));
            assertThat(program.awaitEnd().exitCode()).isZero();
        }
    }
}
