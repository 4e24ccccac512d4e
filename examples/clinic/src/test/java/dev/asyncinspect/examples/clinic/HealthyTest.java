package dev.asyncinspect.examples.clinic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The healthy twins: ready means that each of their workers has done several rounds. */
class HealthyTest {

    static Stream<Arguments> faultsOnAllThreads() {
        return Played.FAULTS.stream()
                .flatMap(fault -> Stream.of("platform", "virtual")
                        .filter(kind -> kind.equals("virtual") || !fault.needsVirtualThreads())
                        .map(kind -> Arguments.of(fault.name(), kind)));
    }

    @ParameterizedTest
    @MethodSource("faultsOnAllThreads")
    void every_twin_works_and_says_nothing_else(String fault, String threads) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(fault, "--healthy", "--threads", threads, "--noise", "4"));
        try (ClinicProcess clinic = ClinicProcess.start(Jdk.running(), arguments)) {
            assertThat(clinic.readLine())
                    .as("first line; stderr: %s", clinic.stderr())
                    .isEqualTo("ready " + fault + " pid=" + clinic.pid());
            assertThat(clinic.hangUp()).isZero();
            assertThat(clinic.readLine()).as("a second line").isNull();
            assertThat(clinic.stderr()).isEmpty();
        }
    }
}
