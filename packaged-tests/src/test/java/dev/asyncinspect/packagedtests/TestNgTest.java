package dev.asyncinspect.packagedtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.testkit.Ended;
import dev.asyncinspect.testkit.JavaProcess;
import dev.asyncinspect.testkit.Jdks;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The command {@code test} around a Maven build whose tests are TestNG's. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TestNgTest {

    @TempDir
    static Path place;

    private MavenProject project;

    @BeforeAll
    void compile() throws Exception {
        project = MavenProject.copy(Path.of("src/test/projects/testng"), place);
        project.maven("test-compile");
    }

    static IntStream older() {
        return Matrix.versions(0, 17, 25);
    }

    static IntStream newer() {
        return Matrix.versions(1, 17, 25);
    }

    @ParameterizedTest
    @MethodSource("newer")
    void a_test_that_hangs_is_told_by_its_name_with_the_place(int version) throws Exception {
        Ended ended = run(version, "HangingTest");
        assertThat(ended.exitCode()).as(ended.stderr()).isEqualTo(124);
        assertThat(ended.stderr())
                .contains("Test example.HangingTest.waits_for_a_signal_that_nobody_gives:")
                .contains("CountDownLatch", "(await) HangingTest.java:10");
    }

    @ParameterizedTest
    @MethodSource("older")
    void a_healthy_build_is_left_alone(int version) throws Exception {
        Ended ended = run(version, "HealthyTest");
        assertThat(ended.exitCode()).as(ended.stdout() + ended.stderr()).isZero();
        assertThat(ended.stdout() + ended.stderr()).doesNotContain("async-inspect:");
    }

    private Ended run(int version, String test) throws Exception {
        return JavaProcess.on(
                        Jdks.onThisMachine().require(25),
                        "-jar",
                        Shipped.JAR.toAbsolutePath().toString())
                .with("test", "--timeout", "3s", "--fail-on-hang", "--no-attach")
                .with("--evidence", place.resolve("evidence").toString(), "--")
                .with(project.command(
                                "surefire:test",
                                "-Djvm=" + Jdks.onThisMachine().require(version).tool("java"),
                                "-Dtest=" + test)
                        .toArray(new String[0]))
                .patience(Duration.ofMinutes(3))
                .in(project.folder())
                .run();
    }
}
