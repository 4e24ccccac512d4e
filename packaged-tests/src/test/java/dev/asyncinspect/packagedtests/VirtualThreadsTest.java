package dev.asyncinspect.packagedtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.testkit.Ended;
import dev.asyncinspect.testkit.JavaProcess;
import dev.asyncinspect.testkit.Jdk;
import dev.asyncinspect.testkit.Jdks;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code findDeadlockedThreads} and {@code jstack} miss: cycles of virtual threads, and mixed ones. */
class VirtualThreadsTest {

    static List<Jdk> jdks() {
        return Jdks.onThisMachine().of(25);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void a_cycle_of_virtual_threads_on_monitors_is_proven_by_two_json_dumps(Jdk jdk) throws Exception {
        provenCycle(jdk, "virtual", 3);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void a_cycle_of_virtual_and_platform_threads_is_proven_by_two_json_dumps(Jdk jdk) throws Exception {
        provenCycle(jdk, "mixed", 4);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void a_cycle_of_virtual_threads_on_monitors_is_found_live_if_their_monitors_are_asked_for(Jdk jdk)
            throws Exception {
        try (JavaProcess clinic = Shipped.clinic(jdk, "lock-cycle", "--threads", "virtual", "--size", "3")) {
            Ended ended = Shipped.run("why", String.valueOf(clinic.pid()), "--virtual-thread-monitors", "--json");
            Answer answer = Answer.of(ended);
            assertThat(answer.findings()).contains("lock-cycle LIKELY");
            assertThat(answer.culprits("lock-cycle")).hasSize(3);
        }
        try (JavaProcess clinic = Shipped.clinic(jdk, "lock-cycle", "--threads", "virtual", "--healthy")) {
            Ended ended = Shipped.run("why", String.valueOf(clinic.pid()), "--virtual-thread-monitors", "--json");
            assertThat(Answer.of(ended).findings()).allMatch(finding -> finding.endsWith("HINT"));
        }
    }

    private static void provenCycle(Jdk jdk, String threads, int size) throws Exception {
        try (JavaProcess clinic =
                Shipped.clinic(jdk, "lock-cycle", "--threads", threads, "--size", String.valueOf(size))) {
            Ended ended = Shipped.run("why", String.valueOf(clinic.pid()), "--virtual-thread-dump", "--json");
            Answer answer = Answer.of(ended);
            assertThat(answer.findings()).contains("lock-cycle PROVEN");
            assertThat(answer.culprits("lock-cycle")).hasSize(size);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lock-cycle", "lock-cycle-juc"})
    void a_look_without_an_agent_says_that_it_cannot_see_virtual_threads_and_how_to(String fault) throws Exception {
        Jdk jdk = Jdks.onThisMachine().require(25);
        try (JavaProcess clinic = Shipped.clinic(jdk, fault, "--threads", "virtual")) {
            Ended why = Shipped.run("why", String.valueOf(clinic.pid()), "--no-attach");
            assertThat(why.stdout())
                    .contains("Not seen: virtual threads that are not mounted")
                    .contains("docs/guide/virtual-threads.md");
        }
    }

    @Test
    void pinned_threads_that_keep_all_carriers_from_the_heir_of_a_lock_are_found() throws Exception {
        Jdk jdk = Jdks.onThisMachine().require(21);
        try (JavaProcess program = JavaProcess.on(
                        jdk,
                        "-XX:+EnableDynamicAgentLoading",
                        "-Djdk.virtualThreadScheduler.parallelism=2",
                        Path.of("src/test/programs/PinnedHeir.java").toString())
                .start()) {
            program.awaitLine("ready");
            Answer answer = Answer.of(Shipped.run("why", String.valueOf(program.pid()), "--json"));
            assertThat(answer.findings()).containsExactly("carrier-starvation LIKELY");
            assertThat(answer.culprits("carrier-starvation")).containsExactlyInAnyOrder("pinned-1", "pinned-2");
        }
    }

    static List<Jdk> jdksWithVirtualThreads() {
        return Jdks.onThisMachine().of(21, 25);
    }

    @ParameterizedTest
    @MethodSource("jdksWithVirtualThreads")
    void threads_that_wait_pinned_and_keep_all_carriers_are_found_live(Jdk jdk) throws Exception {
        try (JavaProcess clinic = Shipped.clinic(jdk, "carrier-starvation-pinned")) {
            Answer answer = Answer.of(Shipped.run("why", String.valueOf(clinic.pid()), "--json"));
            assertThat(answer.findings()).contains("carrier-starvation LIKELY");
            assertThat(answer.culprits("carrier-starvation")).containsExactlyInAnyOrder("pilot-1", "pilot-2");
        }
        try (JavaProcess clinic = Shipped.clinic(jdk, "carrier-starvation-pinned", "--healthy")) {
            Answer answer = Answer.of(Shipped.run("why", String.valueOf(clinic.pid()), "--json"));
            assertThat(answer.findings()).allMatch(finding -> finding.endsWith("HINT"));
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void virtual_threads_that_keep_all_carriers_are_found_live(Jdk jdk) throws Exception {
        try (JavaProcess clinic = Shipped.clinic(jdk, "carrier-starvation")) {
            Answer answer = Answer.of(Shipped.run("why", String.valueOf(clinic.pid()), "--json"));
            assertThat(answer.findings()).contains("carrier-starvation LIKELY");
        }
        try (JavaProcess clinic = Shipped.clinic(jdk, "carrier-starvation", "--healthy")) {
            Answer answer = Answer.of(Shipped.run("why", String.valueOf(clinic.pid()), "--json"));
            assertThat(answer.findings()).allMatch(finding -> finding.endsWith("HINT"));
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void a_lock_that_is_held_while_a_scope_of_those_who_want_it_is_joined_is_a_cycle(Jdk jdk) throws Exception {
        try (JavaProcess program = scope(jdk, "")) {
            Answer answer = Answer.of(Shipped.run("why", String.valueOf(program.pid()), "--json"));
            assertThat(answer.findings()).containsExactly("lock-cycle PROVEN");
            assertThat(answer.culprits("lock-cycle")).containsExactlyInAnyOrder("cook", "helper-1", "helper-2");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"healthy", "timeout"})
    void a_scope_that_is_joined_and_can_go_on_is_left_alone(String variant) throws Exception {
        try (JavaProcess program = scope(Jdks.onThisMachine().require(25), variant)) {
            Answer answer = Answer.of(Shipped.run("why", String.valueOf(program.pid()), "--json"));
            assertThat(answer.findings()).allMatch(finding -> finding.endsWith("HINT"));
            Ended tasks = Shipped.run("tasks", String.valueOf(program.pid()), "--attach", "--json");
            assertThat(tasks.stdout()).containsPattern("StructuredTaskScope[^\"]* of task #\\d+\"");
        }
    }

    private static JavaProcess scope(Jdk jdk, String variant) throws Exception {
        JavaProcess program = JavaProcess.on(
                        jdk,
                        "-XX:+EnableDynamicAgentLoading",
                        "--enable-preview",
                        "--source",
                        "25",
                        Path.of("src/test/programs/ScopeCycle.java").toString(),
                        variant)
                .start();
        program.awaitLine("ready");
        return program;
    }
}
