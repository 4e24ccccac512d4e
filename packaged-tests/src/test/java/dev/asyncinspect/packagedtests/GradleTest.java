package dev.asyncinspect.packagedtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.asyncinspect.testkit.Ended;
import dev.asyncinspect.testkit.JavaProcess;
import dev.asyncinspect.testkit.Jdks;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code test} around Gradle, whose daemon, not the command, starts the JVM of the tests. */
class GradleTest {

    private static final Path GRADLE = Path.of("/usr/bin/gradle");
    private static final Path JUNIT = Path.of("/usr/share/java/junit4.jar");
    private static final Path HAMCREST = Path.of("/usr/share/java/hamcrest-core.jar");

    @TempDir
    Path place;

    @Test
    void a_test_that_hangs_in_a_worker_of_the_daemon_is_told_and_the_worker_ends() throws Exception {
        Ended ended = gradle("example.HangingTest");
        assertThat(ended.exitCode()).as(ended.stdout() + ended.stderr()).isEqualTo(124);
        assertThat(ended.stderr())
                .contains("GradleWorkerMain ===")
                .contains("Test example.HangingTest.waits_for_a_signal_that_nobody_gives:")
                .contains("lost-signal");
        assertThat(ProcessHandle.allProcesses().flatMap(process -> process.info().commandLine().stream()))
                .noneMatch(line -> line.contains(place.toString()));
    }

    @Test
    void a_build_without_a_hang_is_left_alone() throws Exception {
        Ended ended = gradle("example.HealthyTest");
        assertThat(ended.exitCode()).as(ended.stdout() + ended.stderr()).isZero();
        assertThat(ended.stderr()).doesNotContain("async-inspect");
    }

    private Ended gradle(String test) throws Exception {
        assumeTrue(Files.isExecutable(GRADLE) && Files.exists(JUNIT), "gradle and junit4 of Debian are not installed");
        MavenProject project = MavenProject.copy(Path.of("src/test/projects/gradle"), place);
        String java17 = Path.of(Jdks.onThisMachine().require(17).tool("java"))
                .getParent()
                .getParent()
                .toString();
        return JavaProcess.on(
                        Jdks.onThisMachine().require(25),
                        "-jar",
                        Shipped.JAR.toAbsolutePath().toString())
                .with(
                        "test",
                        "--timeout",
                        "5s",
                        "--fail-on-hang",
                        "--evidence",
                        place.resolve("evidence").toString())
                .with(
                        "--",
                        GRADLE.toString(),
                        "--offline",
                        "--gradle-user-home",
                        place.resolve("home").toString())
                .with("-Dtest.classpath=" + JUNIT + File.pathSeparator + HAMCREST, "test", "--tests", test)
                .environment("JAVA_HOME", java17)
                .patience(Duration.ofMinutes(2))
                .in(project.folder())
                .run();
    }
}
