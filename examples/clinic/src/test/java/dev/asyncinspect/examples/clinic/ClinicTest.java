package dev.asyncinspect.examples.clinic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** How the program behaves towards whoever starts it. */
class ClinicTest {

    @Test
    void the_list_has_a_line_for_each_fault() throws Exception {
        try (ClinicProcess clinic = ClinicProcess.start(Jdk.running(), List.of("--list"))) {
            assertThat(clinic.exitCode()).isZero();
            for (Fault fault : Faults.ALL) {
                assertThat(clinic.readLine()).startsWith(fault.name() + " ").contains(fault.about());
            }
            assertThat(clinic.readLine()).isNull();
        }
    }

    @Test
    void a_wrong_argument_is_one_line_on_stderr_and_exit_code_2() throws Exception {
        try (ClinicProcess clinic = ClinicProcess.start(Jdk.running(), List.of("lock-cycle", "--size", "1"))) {
            assertThat(clinic.exitCode()).isEqualTo(2);
            assertThat(clinic.readLine()).isNull();
            assertThat(clinic.stderr()).isEqualTo("clinic: --size is a whole number from 2 to 1000: 1\n");
        }
    }

    @Test
    void virtual_threads_on_17_are_one_line_on_stderr_and_exit_code_2() throws Exception {
        Optional<Jdk> jdk = Jdk.find(17);
        Assumptions.assumeTrue(jdk.isPresent(), "no JDK 17 on this machine");
        List<String> arguments = List.of("lock-cycle", "--threads", "virtual");
        try (ClinicProcess clinic = ClinicProcess.start(jdk.orElseThrow(), arguments)) {
            assertThat(clinic.exitCode()).isEqualTo(2);
            assertThat(clinic.readLine()).isNull();
            assertThat(clinic.stderr()).isEqualTo("clinic: virtual threads need Java 21 or newer, this is 17\n");
        }
    }

    @Test
    void a_parent_that_closes_the_pipe_before_the_fault_is_reached_is_not_outlived() throws Exception {
        try (ClinicProcess clinic = ClinicProcess.start(Jdk.running(), List.of("pool-exhausted"))) {
            assertThat(clinic.hangUp()).isZero();
        }
    }

    @Test
    void without_a_pipe_only_the_clock_ends_it() throws Exception {
        try (ClinicProcess clinic = ClinicProcess.startWithoutPipe(Jdk.running(), List.of("lock-cycle"))) {
            assertThat(clinic.readLine()).startsWith("ready ");
            ThreadPrint dump = clinic.threadPrint();

            assertThat(dump.states("clinic-clock")).containsExactly("TIMED_WAITING (sleeping)");
            assertThat(dump.threads("clinic-stdin")).isEmpty();
            assertThat(clinic.isAlive()).isTrue();
        }
    }
}
