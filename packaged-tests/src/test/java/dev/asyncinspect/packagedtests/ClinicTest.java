package dev.asyncinspect.packagedtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.asyncinspect.testkit.JavaProcess;
import dev.asyncinspect.testkit.Jdk;
import dev.asyncinspect.testkit.Jdks;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each fault of the clinic is found in a live JVM for what it is, and each healthy twin is left alone, on every JDK. */
class ClinicTest {

    static Stream<Arguments> faults() {
        return Matrix.of(1, Jdks.onThisMachine().of(17, 21, 25), Expected.ON_PLATFORM_THREADS);
    }

    static Stream<Arguments> faultsOnVirtualThreads() {
        return Matrix.of(1, Jdks.onThisMachine().of(21, 25), Matrix.everySecond(0, Expected.ON_VIRTUAL_THREADS));
    }

    static Stream<Arguments> twinsOnVirtualThreads() {
        return Matrix.of(1, Jdks.onThisMachine().of(21, 25), Matrix.everySecond(1, Expected.ON_VIRTUAL_THREADS));
    }

    static Stream<Arguments> faultsInDumps() {
        List<Expected> others = Expected.ON_PLATFORM_THREADS.stream()
                .filter(fault -> !fault.inDump().equals(fault.finding()))
                .toList();
        return Matrix.of(1, Jdks.onThisMachine().of(17, 25), Matrix.everySecond(0, others));
    }

    /** Every second; {@link ProveTest} tries the others. */
    static Stream<Arguments> twins() {
        return Matrix.of(1, Jdks.onThisMachine().of(17, 21, 25), Matrix.everySecond(1, Expected.ON_PLATFORM_THREADS));
    }

    @ParameterizedTest(name = "{1} on {0}")
    @MethodSource("faults")
    void a_fault_is_found_with_its_kind_tasks_and_line(Jdk jdk, Expected expected) throws Exception {
        find(jdk, expected, expected.finding(), List.of("--noise", "5"), List.of());
    }

    @ParameterizedTest(name = "{1} on virtual threads of {0}")
    @MethodSource("faultsOnVirtualThreads")
    void a_fault_on_virtual_threads_is_found_in_their_objects(Jdk jdk, Expected expected) throws Exception {
        find(jdk, expected, expected.finding(), List.of("--threads", "virtual", "--noise", "5"), List.of());
    }

    @ParameterizedTest(name = "{1} on {0}")
    @MethodSource("faultsInDumps")
    void without_attaching_no_more_is_said_than_a_dump_shows(Jdk jdk, Expected expected) throws Exception {
        find(jdk, expected, expected.inDump(), List.of("--noise", "5"), List.of("--no-attach"));
    }

    private static void find(
            Jdk jdk, Expected expected, String finding, List<String> clinicOptions, List<String> options)
            throws Exception {
        String prefix = "p" + new Random(expected.hashCode()).nextInt(1000) + "-";
        List<String> arguments = new ArrayList<>(List.of(expected.fault(), "--name-prefix", prefix));
        arguments.addAll(clinicOptions);
        try (JavaProcess clinic = Shipped.clinic(jdk, arguments.toArray(String[]::new))) {
            List<String> command = new ArrayList<>(List.of("why", String.valueOf(clinic.pid()), "--json"));
            command.addAll(options);
            Answer answer = ask(command, finding);
            if (finding.isEmpty()) {
                assertThat(answer.exitCode()).isZero();
                return;
            }
            assertThat(answer.findings()).as("%s on %s", expected.fault(), jdk).contains(finding);
            assertThat(answer.exitCode()).isEqualTo(finding.endsWith("HINT") ? 0 : 1);
            assertThat(answer.culprits(expected.kind()))
                    .isNotEmpty()
                    .allMatch(name -> name.contains(expected.culprit()) && !name.contains("bystander"));
            if (expected.fault().equals("blocked-event-loop-netty") && options.isEmpty()) {
                assertThat(answer.finding(expected.kind()).get("sentence").asString())
                        .endsWith("3 tasks wait behind it, next: Newsroom.count.");
            }
            if (!expected.file().isEmpty()) {
                assertThat(answer.places(expected.kind())).isNotEmpty().isSubsetOf(expected.places());
            }
        }
    }

    /**
     * Asks, and about a computation more than once: how much of a core it gets is for the other programs of this machine to
     * decide, and one that gets less than half of a core in between is rightly not told.
     */
    private static Answer ask(List<String> command, String finding) throws Exception {
        int looks = finding.startsWith("cpu-bound-task ") ? 20 : 1;
        Answer answer;
        do {
            answer = Answer.of(Shipped.run(command.toArray(String[]::new)));
            assertThat(answer.findings())
                    .as("nothing else is proven or likely")
                    .allMatch(found -> found.equals(finding) || found.endsWith(" HINT"));
        } while (--looks > 0 && !answer.findings().contains(finding));
        return answer;
    }

    @ParameterizedTest(name = "{1} on {0}")
    @MethodSource("twins")
    void a_healthy_twin_is_left_alone(Jdk jdk, Expected expected) throws Exception {
        leftAlone(jdk, expected.fault(), "--healthy", "--noise", "5");
    }

    @ParameterizedTest(name = "{1} on virtual threads of {0}")
    @MethodSource("twinsOnVirtualThreads")
    void a_healthy_twin_on_virtual_threads_is_left_alone(Jdk jdk, Expected expected) throws Exception {
        leftAlone(jdk, expected.fault(), "--healthy", "--threads", "virtual", "--noise", "5");
    }

    private static void leftAlone(Jdk jdk, String... arguments) throws Exception {
        try (JavaProcess clinic = Shipped.clinic(jdk, arguments)) {
            Answer answer = Answer.of(Shipped.run("why", String.valueOf(clinic.pid()), "--json"));
            assertThat(answer.findings()).allMatch(finding -> finding.endsWith(" HINT"));
            assertThat(answer.exitCode()).isZero();
        }
    }

    static Stream<Arguments> rings() {
        Random random = new Random(20261123);
        return Stream.of("lock-cycle", "lock-cycle-juc", "lock-cycle-mixed")
                .flatMap(fault -> random.ints(3, 2, 11).mapToObj(size -> arguments(fault, size, random.nextInt(20))));
    }

    @ParameterizedTest(name = "{0} of {1} beside {2} healthy threads")
    @MethodSource("rings")
    void a_ring_of_any_size_is_found_whole(String fault, int size, int noise) throws Exception {
        Jdk jdk = Jdks.onThisMachine().require(25);
        try (JavaProcess clinic = Shipped.clinic(
                jdk, fault, "--size", String.valueOf(size), "--noise", String.valueOf(noise), "--seed", "7")) {
            Answer answer = Answer.of(Shipped.run("why", String.valueOf(clinic.pid()), "--json"));
            assertThat(answer.findings()).containsExactly("lock-cycle PROVEN");
            assertThat(answer.culprits("lock-cycle")).hasSize(size).doesNotHaveDuplicates();
            assertThat(answer.finding("lock-cycle").get("victims")).isEmpty();
        }
    }
}
