package dev.asyncinspect.packagedtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.asyncinspect.testkit.JavaProcess;
import dev.asyncinspect.testkit.Jdk;
import dev.asyncinspect.testkit.Jdks;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a heap tells of work without a thread: never begun, failed unseen; and of a JVM that cannot end. */
class ProveWorkTest {

    @TempDir
    Path folder;

    static List<Jdk> jdks() {
        return Matrix.oldestAndNewest(Jdks.onThisMachine().of(17, 25));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void work_in_a_pool_without_workers_that_something_still_reaches_is_likely_never_started(Jdk jdk) throws Exception {
        Answer answer = prove(jdk, "Unbegun", "pool");
        assertThat(answer.findings()).containsExactly("never-started LIKELY");
        assertThat(answer.culprits("never-started")).containsExactly("asker");
        assertThat(answer.finding("never-started").get("innocent").asString()).contains("hands it more work");
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void a_thread_that_may_only_be_started_later_is_a_hint(Jdk jdk) throws Exception {
        Answer answer = prove(jdk, "Unbegun", "thread");
        assertThat(answer.findings()).containsExactly("never-started HINT");
        assertThat(answer.finding("never-started").get("sentence").asString()).contains("Thread 'late'");
        assertThat(answer.exitCode()).isZero();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void work_behind_a_busy_worker_is_left_alone(Jdk jdk) throws Exception {
        assertThat(prove(jdk, "Unbegun", "busy").findings()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void a_shutdown_hook_that_joins_whoever_called_exit_never_ends(Jdk jdk) throws Exception {
        Answer answer = prove(jdk, "ExitHook");
        assertThat(answer.findings()).containsExactly("jvm-does-not-exit PROVEN");
        assertThat(answer.culprits("jvm-does-not-exit")).containsExactlyInAnyOrder("main", "flush");
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void a_periodic_task_that_failed_is_told_with_what_it_threw_and_one_that_goes_on_is_left_alone(Jdk jdk)
            throws Exception {
        try (JavaProcess clinic = Shipped.clinic(jdk, "swallowed-failure", "--noise", "3")) {
            Answer answer = prove(clinic);
            assertThat(answer.findings()).containsExactly("swallowed-failure LIKELY");
            assertThat(answer.finding("swallowed-failure").get("sentence").asString())
                    .contains("IllegalStateException: the stairs are dark, thrown in ", "SwallowedFailure$Rounds");
        }
        try (JavaProcess clinic = Shipped.clinic(jdk, "swallowed-failure", "--healthy", "--noise", "3")) {
            assertThat(prove(clinic).findings()).isEmpty();
        }
    }

    static Stream<Arguments> limiters() {
        return jdks().stream().flatMap(jdk -> Stream.of(arguments(jdk, "limited", 2), arguments(jdk, "sequential", 1)));
    }

    @ParameterizedTest(name = "{1} on {0}")
    @MethodSource("limiters")
    void work_in_the_own_queue_of_an_executor_whose_runners_wait_for_it_is_a_starvation(
            Jdk jdk, String kind, int runners) throws Exception {
        Answer answer = prove(jdk, "Limited", kind);
        assertThat(answer.findings()).containsExactly("pool-starvation LIKELY");
        assertThat(answer.culprits("pool-starvation")).hasSize(runners).allMatch(name -> name.startsWith("pool-"));
        assertThat(answer.finding("pool-starvation").get("innocent").asString())
                .contains("the queue of an executor that runs it from a pool");
    }

    static Stream<Arguments> healthyLimiters() {
        return jdks().stream()
                .flatMap(jdk -> Stream.of("busy", "elsewhere", "desk").map(kind -> arguments(jdk, kind)));
    }

    @ParameterizedTest(name = "{1} on {0}")
    @MethodSource("healthyLimiters")
    void work_in_the_own_queue_of_an_executor_that_somebody_may_come_to_is_left_alone(Jdk jdk, String kind)
            throws Exception {
        assertThat(prove(jdk, "Limited", kind).findings()).isEmpty();
    }

    private Answer prove(Jdk jdk, String program, String... arguments) throws Exception {
        JavaSource.compile(Path.of("src/test/programs/" + program + ".java"), folder);
        try (JavaProcess process = JavaProcess.on(jdk, "-cp", folder.toString(), program)
                .with(arguments)
                .start()) {
            process.awaitLine("ready");
            return prove(process);
        }
    }

    private static Answer prove(JavaProcess process) throws Exception {
        return Answer.of(Shipped.run("prove", String.valueOf(process.pid()), "--json"));
    }
}
