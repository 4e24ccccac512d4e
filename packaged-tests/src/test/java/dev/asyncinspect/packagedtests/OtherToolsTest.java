package dev.asyncinspect.packagedtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.asyncinspect.testkit.JavaProcess;
import dev.asyncinspect.testkit.Jdk;
import dev.asyncinspect.testkit.Jdks;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A hang is found, and a healthy program left alone, also where a debugger listens or another agent has changed the program. */
class OtherToolsTest {

    private static final List<String> DEBUGGER =
            List.of("-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,quiet=y,address=127.0.0.1:0");
    private static final List<String> OPEN_TELEMETRY = List.of(
            "-javaagent:" + Path.of("target/agents/opentelemetry-javaagent.jar"),
            "-Dotel.traces.exporter=none",
            "-Dotel.metrics.exporter=none",
            "-Dotel.logs.exporter=none",
            "-Dotel.javaagent.logging=none");

    static Stream<Arguments> programs() {
        List<Jdk> jdks =
                Stream.of(17, 21, 25).map(Jdks.onThisMachine()::require).toList();
        List<String> faults = List.of("future-cycle", "pool-starvation", "ownerless-lock");
        return Stream.of(DEBUGGER, OPEN_TELEMETRY)
                .flatMap(tool -> Matrix.of(1, jdks, faults).map(pair -> arguments(pair.get()[0], tool, pair.get()[1])));
    }

    @ParameterizedTest(name = "{2} on {0} with {1}")
    @MethodSource("programs")
    void a_hang_is_found_beside_it_and_its_healthy_twin_left_alone(Jdk jdk, List<String> tool, String fault)
            throws Exception {
        try (JavaProcess sick = clinic(jdk, tool, fault)) {
            Answer answer = Answer.of(Shipped.run("why", String.valueOf(sick.pid()), "--json"));
            assertThat(answer.findings()).contains(fault + " PROVEN");
        }
        try (JavaProcess healthy = clinic(jdk, tool, fault, "--healthy")) {
            Answer answer = Answer.of(Shipped.run("why", String.valueOf(healthy.pid()), "--json"));
            assertThat(answer.findings()).allMatch(finding -> finding.endsWith(" HINT"));
        }
    }

    private static JavaProcess clinic(Jdk jdk, List<String> tool, String... arguments) throws Exception {
        JavaProcess clinic = JavaProcess.on(jdk, tool.toArray(String[]::new))
                .with("-jar", Shipped.CLINIC.toString())
                .with(arguments)
                .start();
        clinic.awaitLine("ready ");
        return clinic;
    }
}
