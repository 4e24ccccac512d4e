package dev.asyncinspect.packagedtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.testkit.Ended;
import dev.asyncinspect.testkit.JavaProcess;
import dev.asyncinspect.testkit.Jdk;
import dev.asyncinspect.testkit.Jdks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command {@code test} around a Maven build and around programs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TestCommandTest {

    private static final int HUNG = 124;

    /** How long the healthy test computes; ten minutes with the option full of the check. */
    private static final int BUSY_SECONDS = Integer.getInteger("busy.seconds", 12);

    @TempDir
    static Path place;

    private final Offspring offspring = new Offspring("TestCommandTest");

    private MavenProject project;

    static IntStream older() {
        return Matrix.versions(0, 17, 25);
    }

    static IntStream newer() {
        return Matrix.versions(1, 17, 25);
    }

    @BeforeAll
    void compile() throws Exception {
        project = MavenProject.copy(Path.of("src/test/projects/maven"), place);
        project.maven("test-compile");
    }

    @ParameterizedTest
    @MethodSource("older")
    void a_deadlock_under_maven_is_told_with_its_test_and_ends_the_build(int version) throws Exception {
        Ended ended = run(version, "DeadlockTest", "--timeout", "3s", "--fail-on-hang");
        assertThat(ended.exitCode()).as(ended.stderr()).isEqualTo(HUNG);
        assertThat(ended.stderr())
                .contains("hangs: nothing has moved for 3.0s")
                .contains("Test example.DeadlockTest.moves_money_while_the_journal_is_written:")
                .contains("lock-cycle · PROVEN")
                .contains("'journal-writer'", "'money-mover'", "DeadlockTest.java:28");
        assertThat(offspring.alive()).as("processes left").isEmpty();
    }

    @ParameterizedTest
    @MethodSource("newer")
    void a_test_that_waits_for_what_nobody_will_do_is_told_from_its_heap_with_evidence(int version) throws Exception {
        Path evidence = place.resolve("evidence-" + version);
        Ended ended =
                run(version, "HangingTest", "--timeout", "3s", "--fail-on-hang", "--evidence", evidence.toString());
        assertThat(ended.exitCode()).as(ended.stderr()).isEqualTo(HUNG);
        assertThat(ended.stderr())
                .contains("Test example.HangingTest.waits_for_a_signal_that_nobody_gives:")
                .contains("lost-signal")
                .contains("HangingTest.java:10")
                .contains("evidence: " + evidence);
        Path folder = only(evidence);
        String pid = ended.stderr().replaceFirst("(?s).*=== process (\\d+), surefirebooter.*", "$1");
        assertThat(names(folder))
                .contains(
                        "README.txt", "why.txt", "why.json", "threads-" + pid + "-1.txt", "threads-" + pid + "-2.txt");
        assertThat(folder.resolve("why.txt")).content().contains("HangingTest.java:10");
        JsonNode why = new JsonMapper().readTree(folder.resolve("why.json").toFile());
        assertThat(why.get("targets").get(0).get("findings").get(0).get("kind").asString())
                .isEqualTo("lost-signal");
        Ended again = Shipped.run(
                "why", "--file", folder.resolve("threads-" + pid + "-1.txt").toString());
        assertThat(again.exitCode()).as(again.stderr()).isZero();
        assertThat(again.stdout()).contains("threads, 1 sample");
    }

    @Test
    void without_fail_on_hang_it_is_told_once_and_left_alone() throws Exception {
        try (JavaProcess test = start(
                        "test",
                        "--timeout",
                        "2s",
                        "--evidence",
                        place.resolve("told").toString(),
                        "--")
                .with(java(25, "example.NotEnding"))
                .start()) {
            Path evidence = place.resolve("told");
            test.awaitLine("done");
            while (!Files.exists(evidence) || names(evidence).stream().allMatch(name -> name.startsWith("."))) {
                Thread.onSpinWait();
            }
            assertThat(test.isAlive()).isTrue();
            assertThat(only(evidence).resolve("why.txt"))
                    .content()
                    .contains("Its main method has returned. It does not end because of 1 thread that is no daemon")
                    .contains("'pool-1-thread-1'");
            signal(test, "-TERM");
            assertThat(test.awaitEnd().exitCode()).isEqualTo(128 + 15);
            assertThat(offspring.alive()).as("processes left").isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("older")
    void a_test_that_computes_for_longer_than_the_timeout_is_left_alone(int version) throws Exception {
        Ended ended = run(
                version,
                "BusyTest",
                Duration.ofSeconds(BUSY_SECONDS + 60),
                List.of("-DargLine=-Dbusy.seconds=" + BUSY_SECONDS),
                "--timeout",
                "3s",
                "--fail-on-hang");
        assertThat(ended.exitCode()).as(ended.stderr()).isZero();
        assertThat(ended.stderr()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HealthyTest", "FailingTest"})
    void a_build_that_ends_keeps_its_exit_code_and_nothing_is_said(String test) throws Exception {
        Ended ended = run(25, test, "--timeout", "3s", "--fail-on-hang");
        assertThat(ended.exitCode()).as(ended.stdout()).isEqualTo(test.equals("HealthyTest") ? 0 : 1);
        assertThat(ended.stderr()).isEmpty();
    }

    @Test
    void a_program_that_is_busy_for_ever_is_told_at_the_limit() throws Exception {
        Ended ended = start("test", "--timeout", "3s", "--limit", "4s", "--fail-on-hang", "--evidence")
                .with(place.resolve("limit").toString(), "--")
                .with(java(25, "-Dbusy.seconds=600", "example.BusyMain"))
                .run();
        assertThat(ended.exitCode()).as(ended.stderr()).isEqualTo(HUNG);
        assertThat(ended.stderr()).contains("hangs: it still runs after 4.0s");
    }

    @Test
    void of_a_jvm_that_cannot_be_looked_at_it_is_said_that_nothing_can_be_told() throws Exception {
        Ended ended = start("test", "--timeout", "2s", "--limit", "8s", "--fail-on-hang", "--evidence")
                .with(place.resolve("unseen").toString(), "--")
                .with(java(25, "-XX:+DisableAttachMechanism", "example.NotEnding"))
                .run();
        assertThat(ended.exitCode()).as(ended.stderr()).isEqualTo(HUNG);
        assertThat(ended.stderr().lines().filter(line -> line.contains(" hangs cannot be told: ")))
                .singleElement()
                .asString()
                .contains("-XX:+DisableAttachMechanism");
    }

    @Test
    void the_exit_code_of_any_command_is_its_own() throws Exception {
        assertThat(start("test", "--", "sh", "-c", "exit 7").run().exitCode()).isEqualTo(7);
        Ended missing = start("test", "--", "no-such-program").run();
        assertThat(missing.exitCode()).isEqualTo(126);
        assertThat(missing.stderr().lines()).singleElement().asString().contains("no-such-program");
    }

    @Test
    void a_timeout_that_would_take_every_pause_for_a_hang_is_refused() throws Exception {
        Ended ended = start("test", "--timeout", "10ms", "--", "true").run();
        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.stderr()).contains("--timeout must be at least 2s");
        Ended atOnce = start("test", "--limit", "0s", "--", "true").run();
        assertThat(atOnce.exitCode()).isEqualTo(2);
        assertThat(atOnce.stderr()).contains("--limit must be longer than nothing");
    }

    @Test
    void interrupted_it_takes_all_that_it_started_with_it_and_leaves_no_half_evidence() throws Exception {
        Path evidence = place.resolve("interrupted");
        try (JavaProcess test = start("test", "--timeout", "60s", "--evidence", evidence.toString(), "--")
                .with("sh", "-c", String.join(" ", java(25, "example.NotEnding")) + " & wait")
                .start()) {
            test.awaitLine("done");
            assertThat(offspring.alive()).isNotEmpty();
            int code = CtrlC.on(test);
            assertThat(test.awaitEnd().exitCode()).isEqualTo(code);
            assertThat(offspring.alive()).as("processes left").isEmpty();
            assertThat(evidence).doesNotExist();
        }
    }

    private static void signal(JavaProcess process, String name) throws Exception {
        assertThat(new ProcessBuilder("kill", name, String.valueOf(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    private Ended run(int version, String test, String... options) throws Exception {
        return run(version, test, JavaProcess.PATIENCE, List.of(), options);
    }

    private Ended run(int version, String test, Duration patience, List<String> properties, String... options)
            throws Exception {
        List<String> command = project.command(
                "surefire:test",
                "-Djvm=" + jdk(version).tool("java"),
                "-Dtest=" + test,
                "-Dsurefire.trimStackTrace=true");
        List<String> arguments = new ArrayList<>(List.of("test"));
        arguments.addAll(List.of(options));
        if (!arguments.contains("--evidence")) {
            arguments.addAll(List.of("--evidence", place.resolve("any").toString()));
        }
        arguments.add("--");
        arguments.addAll(command);
        arguments.addAll(properties);
        return start(arguments.toArray(new String[0]))
                .patience(patience)
                .in(project.folder())
                .run();
    }

    private JavaProcess.Launch start(String... arguments) {
        return offspring.mark(
                JavaProcess.on(jdk(25), "-jar", Shipped.JAR.toAbsolutePath().toString())
                        .with(arguments));
    }

    private String[] java(int version, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                jdk(version).tool("java"),
                "-cp",
                project.folder().resolve("target/test-classes").toString()));
        command.addAll(List.of(arguments));
        return command.toArray(new String[0]);
    }

    private static Jdk jdk(int version) {
        return Jdks.onThisMachine().require(version);
    }

    private static Path only(Path folder) throws IOException {
        List<String> names = names(folder);
        assertThat(names).hasSize(1);
        return folder.resolve(names.get(0));
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
