package dev.asyncinspect.packagedtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.asyncinspect.testkit.JavaProcess;
import dev.asyncinspect.testkit.Jdk;
import dev.asyncinspect.testkit.Jdks;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each fault of the clinic is found in a live JVM for what it is, and each healthy twin is left alone, on every JDK. */
class ClinicTest {

    private static final List<Jdk> JDKS = Jdks.onThisMachine().of(17, 21, 25);

    static Stream<Arguments> faults() {
        return JDKS.stream()
                .flatMap(jdk -> Expected.ON_PLATFORM_THREADS.stream().map(fault -> arguments(jdk, fault)));
    }

    @ParameterizedTest(name = "{1} on {0}")
    @MethodSource("faults")
    void a_fault_is_found_with_its_kind_tasks_and_line(Jdk jdk, Expected expected) throws Exception {
        String prefix = "p" + new Random(expected.hashCode()).nextInt(1000) + "-";
        try (JavaProcess clinic = Shipped.clinic(jdk, expected.fault(), "--noise", "5", "--name-prefix", prefix)) {
            Answer answer = Answer.of(Shipped.run("why", String.valueOf(clinic.pid()), "--json"));
            assertThat(answer.findings()).contains(expected.finding());
            assertThat(answer.findings())
                    .as("nothing else is proven or likely")
                    .allMatch(finding -> finding.equals(expected.finding()) || finding.endsWith(" HINT"));
            assertThat(answer.exitCode()).isEqualTo(expected.finding().endsWith("HINT") ? 0 : 1);
            assertThat(answer.culprits(expected.kind()))
                    .isNotEmpty()
                    .allMatch(name -> name.contains(expected.culprit()) && !name.contains("bystander"));
            if (!expected.file().isEmpty()) {
                assertThat(answer.places(expected.kind())).isNotEmpty().isSubsetOf(expected.places());
            }
        }
    }

    @ParameterizedTest(name = "{1} on {0}")
    @MethodSource("faults")
    void a_healthy_twin_is_left_alone(Jdk jdk, Expected expected) throws Exception {
        try (JavaProcess clinic = Shipped.clinic(jdk, expected.fault(), "--healthy", "--noise", "5")) {
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
