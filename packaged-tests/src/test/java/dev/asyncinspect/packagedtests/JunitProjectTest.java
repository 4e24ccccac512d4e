package dev.asyncinspect.packagedtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.asyncinspect.testkit.Ended;
import dev.asyncinspect.testkit.Jdks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A Maven project of somebody else that has all its tests inspected. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JunitProjectTest {

    private static final String REPORTS = "target/surefire-reports";

    @TempDir
    static Path place;

    private MavenProject project;

    static IntStream older() {
        return Matrix.versions(0, 17, 25);
    }

    static IntStream newer() {
        return Matrix.versions(1, 17, 25);
    }

    static IntStream olderWithVirtualThreads() {
        return Matrix.versions(0, 21, 25);
    }

    static IntStream newerWithVirtualThreads() {
        return Matrix.versions(1, 21, 25);
    }

    @BeforeAll
    void release() throws Exception {
        project = MavenProject.copy(Path.of("src/test/projects/inspected"), place)
                .add(Path.of("src/test/projects/maven"))
                .release(Map.of("junit", "async-inspect-junit", "bundle", "async-inspect"));
        project.maven("test-compile");
    }

    @ParameterizedTest
    @MethodSource("older")
    void each_test_fails_for_what_it_did_itself_and_the_others_pass(int version) throws Exception {
        TestReports reports = reports(
                version, "HealthyTest,ToleratedTest,LeakingTest,SwallowingTest,BlockingTest,DeadlockLeftTest", "6.1.3");
        assertThat(reports.passed())
                .contains("LeakingTest.leaves_nothing_behind", "ToleratedTest.leaves_a_pool_for_those_that_come")
                .anyMatch(test -> test.startsWith("HealthyTest."));
        assertThat(reports.failures())
                .containsOnlyKeys(
                        "BlockingTest.sleeps_on_an_event_loop",
                        "DeadlockLeftTest.passes_though_its_threads_are_stuck",
                        "LeakingTest.forgets_to_shut_its_pool_down",
                        "SwallowingTest.does_not_see_that_its_worker_died");
        assertThat(reports.failures().get("LeakingTest.forgets_to_shut_its_pool_down"))
                .contains("leaves a thread behind, alive 0.5 s after its end; shut down its executor, or join it")
                .contains("-thread-1', an idle worker of an executor");
        assertThat(reports.failures().get("SwallowingTest.does_not_see_that_its_worker_died"))
                .contains("does not see the failure of a thread that it started")
                .contains("died of java.lang.IllegalStateException: no such account")
                .contains("at example.SwallowingTest.");
        assertThat(reports.failures().get("BlockingTest.sleeps_on_an_event_loop"))
                .contains("blocks a thread that must not block")
                .contains("at example.BlockingTest.load(BlockingTest.java:23)");
        assertThat(reports.failures().get("DeadlockLeftTest.passes_though_its_threads_are_stuck"))
                .contains("leaves a deadlock of")
                .contains("lock-cycle · PROVEN", "'one'", "'two'");
    }

    static Stream<Arguments> hangs() {
        return Matrix.everySecond(0, List.of(arguments(25, "6.1.3"), arguments(17, "6.1.3"), arguments(17, "5.10.5")))
                .stream();
    }

    @ParameterizedTest
    @MethodSource("hangs")
    void a_hang_fails_its_test_with_the_diagnosis_and_keeps_evidence(int version, String junit) throws Exception {
        TestReports reports = reports(version, "HangingTest,DeadlockTest,HealthyTest", junit);
        assertThat(reports.passed()).isNotEmpty().allMatch(test -> test.startsWith("HealthyTest."));
        assertThat(reports.failures())
                .containsOnlyKeys(
                        "DeadlockTest.moves_money_while_the_journal_is_written",
                        "HangingTest.waits_for_a_signal_that_nobody_gives");
        assertThat(reports.failures().get("HangingTest.waits_for_a_signal_that_nobody_gives"))
                .contains("hangs: it has not moved for 2.0 s. It stands")
                .contains("at example.HangingTest.waits_for_a_signal_that_nobody_gives(HangingTest.java:10)")
                .contains("lost-signal");
        assertThat(reports.failures().get("DeadlockTest.moves_money_while_the_journal_is_written"))
                .contains("lock-cycle · PROVEN")
                .contains("'journal-writer'", "'money-mover'", "DeadlockTest.java:28");
        assertThat(evidence(reports.failures().get("DeadlockTest.moves_money_while_the_journal_is_written")))
                .isDirectoryContaining("glob:**/why.txt")
                .isDirectoryContaining("glob:**/why.json");
        if (junit.startsWith("6")) {
            assertThat(attached()).as("folders attached to the report").hasSizeGreaterThanOrEqualTo(2);
        }
    }

    @ParameterizedTest
    @MethodSource("newer")
    void tests_that_run_side_by_side_fail_each_for_its_own_fault(int version) throws Exception {
        TestReports reports = reports(version, "SideBySideTest", "6.1.3", "-Dinspected.parallel=true");
        assertThat(reports.passed()).as(reports.failures().toString()).containsExactly("SideBySideTest.is_healthy");
        assertThat(reports.failures())
                .hasEntrySatisfying(
                        "SideBySideTest.leaks_a_pool", text -> assertThat(text).contains("leaves a thread behind"))
                .hasEntrySatisfying(
                        "SideBySideTest.loses_a_failure",
                        text -> assertThat(text).contains("no such account"))
                .hasEntrySatisfying(
                        "SideBySideTest.hangs",
                        text -> assertThat(text).contains("hangs: it has not moved", "SideBySideTest.java"))
                .hasSize(3);
    }

    @ParameterizedTest
    @MethodSource("olderWithVirtualThreads")
    void virtual_threads_that_a_test_leaves_fail_it_and_those_of_a_library_do_not(int version) throws Exception {
        TestReports reports = reports(version, "VirtualLeakTest", "6.1.3");
        assertThat(reports.passed())
                .as(reports.failures().toString())
                .containsExactly(
                        "VirtualLeakTest.leaves_one_that_is_about_to_end",
                        "VirtualLeakTest.lets_its_virtual_threads_end",
                        "VirtualLeakTest.uses_a_library_that_keeps_one");
        assertThat(reports.failures().get("VirtualLeakTest.leaves_a_virtual_thread_that_waits"))
                .contains("leaves a thread behind, alive 0.5 s after its end")
                .containsPattern("virtual thread #\\d+ waits for Latch at VirtualLeakTest.waitFor::await");
        assertThat(reports.failures().get("VirtualLeakTest.leaves_the_work_of_an_executor"))
                .containsPattern("virtual thread #\\d+ waits for .* at Mailbox.read::await");
    }

    @ParameterizedTest
    @MethodSource("newerWithVirtualThreads")
    void of_tests_side_by_side_only_the_one_fails_whose_virtual_thread_lives(int version) throws Exception {
        TestReports reports = reports(version, "VirtualSideBySideTest", "6.1.3", "-Dinspected.parallel=true");
        assertThat(reports.passed())
                .as(reports.failures().toString())
                .containsExactly("VirtualSideBySideTest.lets_its_own_end");
        assertThat(reports.failures()).containsOnlyKeys("VirtualSideBySideTest.leaves_one");
    }

    @Test
    void a_test_that_computes_for_longer_than_the_time_of_a_hang_passes() throws Exception {
        TestReports reports = reports(25, "BusyTest", "6.1.3", "-DargLine=-Dbusy.seconds=6");
        assertThat(reports.failures()).isEmpty();
        assertThat(reports.passed()).containsExactly("BusyTest.computes");
    }

    @Test
    void a_test_that_no_interrupt_ends_ends_the_jvm_and_leaves_the_diagnosis_in_the_log() throws Exception {
        String log = run(25, "LockedTest", "6.1.3");
        assertThat(log)
                .contains("example.LockedTest.is_itself_in_a_deadlock_of_monitors() hangs: it has not moved for 2.0 s")
                .contains("lock-cycle · PROVEN")
                .contains("does not end though it was interrupted: ending the JVM with exit code 124")
                .contains("BUILD FAILURE");
    }

    static Stream<Arguments> builds() {
        return Matrix.everySecond(
                0,
                List.of(
                        arguments("HealthyTest+ToleratedTest", 17, 0),
                        arguments("HealthyTest+ToleratedTest", 25, 0),
                        arguments("LeakingTest", 25, 1),
                        arguments("LeakingTest", 17, 1),
                        arguments("SwallowingTest", 17, 1),
                        arguments("SwallowingTest", 25, 1)))
                .stream();
    }

    @ParameterizedTest
    @MethodSource("builds")
    void under_the_test_command_a_build_ends_as_its_tests_say(String tests, int version, int code) throws Exception {
        List<String> command = new ArrayList<>(List.of("test", "--timeout", "20s", "--fail-on-hang", "--"));
        command.addAll(project.command(
                "-f",
                project.folder().resolve("pom.xml").toString(),
                "surefire:test",
                "-Djvm=" + Jdks.onThisMachine().require(version).tool("java"),
                "-Dtest=" + tests.replace('+', ',')));
        Ended ended = Shipped.run(command.toArray(new String[0]));
        assertThat(ended.exitCode()).as(ended.stdout()).isEqualTo(code);
        assertThat(ended.stderr()).doesNotContain("async-inspect:");
    }

    private TestReports reports(int version, String tests, String junit, String... options) throws Exception {
        if (Files.exists(project.folder().resolve(REPORTS))) {
            TestReports.take(project.folder().resolve(REPORTS)); // those of a run before
        }
        String log = run(version, tests, junit, options);
        assertThat(log).contains("Tests run: ");
        return TestReports.take(project.folder().resolve(REPORTS));
    }

    private String run(int version, String tests, String junit, String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                "surefire:test",
                "-Dtest=" + tests,
                "-Djunit.version=" + junit,
                "-Dsurefire.trimStackTrace=true",
                "-Djvm=" + Jdks.onThisMachine().require(version).tool("java")));
        arguments.addAll(List.of(options));
        return project.log(arguments.toArray(new String[0]));
    }

    /** What JUnit keeps beside its reports. */
    private List<Path> attached() throws IOException {
        try (Stream<Path> files = Files.walk(project.folder().resolve("target"))) {
            return files.filter(file -> file.endsWith("async-inspect/why.json"))
                    .filter(file -> !file.startsWith(project.folder().resolve("target/async-inspect")))
                    .toList();
        }
    }

    private Path evidence(String failure) {
        String said = failure.lines()
                .filter(line -> line.startsWith("evidence: "))
                .findFirst()
                .orElseThrow(() -> new AssertionError(failure));
        Path folder = Path.of(said.substring("evidence: ".length()));
        assertThat(folder.startsWith(project.folder().resolve("target/async-inspect")) && Files.isDirectory(folder))
                .as(said)
                .isTrue();
        return folder;
    }
}
