package dev.asyncinspect.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {

    @TempDir
    Path folder;

    private final FakeWorld world = new FakeWorld(Scene.bank().twice());

    @BeforeEach
    void bring_the_clinic() throws IOException {
        world.clinicJar = FakeClinic.jar(folder).toString();
    }

    @AfterEach
    void no_child_is_left() {
        assertThat(ProcessHandle.current().children()).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    void demo_looks_at_the_program_it_started_and_stops_it() {
        assertThat(world.run("demo")).isEqualTo(1);
        assertThat(world.out.text())
                .startsWith("A program that is sick with lock-cycle runs as pid " + world.found + ".")
                .contains("[FAIL] Deadlock #1 detected!");
        assertThat(ProcessHandle.of(Long.parseLong(world.found))).isEmpty();
    }

    @Test
    void demo_looks_from_closer_where_why_would() {
        FakeWorld calm = new FakeWorld(Scene.calm().twice());
        calm.clinicJar = world.clinicJar;
        calm.attached = Scene.bank().twice();
        assertThat(calm.run("demo")).isEqualTo(1);
        assertThat(calm.attaches).isEqualTo(1);
    }

    @Test
    void demo_looks_at_the_heap_if_it_is_told_to() {
        assertThat(world.run("demo", "--prove")).isEqualTo(1);
        assertThat(world.out.text()).contains("On your own JVM this is: async-inspect prove PID");
        assertThat(world.err.text()).contains("stands still while its heap is written");
        assertThat(world.attaches).isZero();
    }

    @Test
    void demo_lists_the_faults_in_the_program_s_words() {
        assertThat(world.run("demo", "--list")).isZero();
        assertThat(world.out.text()).isEqualTo("lock-cycle  two locks\n");
    }

    @Test
    void unknown_fault_is_wrong_usage() {
        assertThat(world.run("demo", "nope")).isEqualTo(2);
        assertThat(world.out.text()).isEmpty();
    }

    @Test
    void program_that_dies_is_told_in_one_line() {
        assertThat(world.run("demo", "dies")).isEqualTo(3);
        assertThat(world.err.text().lines().toList())
                .hasSize(1)
                .first()
                .asString()
                .contains("did not reach its fault");
    }

    @Test
    void missing_program_is_told_in_one_line() {
        world.clinicJar = "";
        assertThat(world.run("demo")).isEqualTo(4);
        assertThat(world.err.text()).contains("run ./async-inspect demo from a checkout");
    }

    @Test
    void options_go_to_the_program() throws Exception {
        try (Clinic clinic = Clinic.start(world.clinicJar, List.of("x", "--size", "3"))) {
            assertThat(clinic.lines().limit(2)).last().asString().startsWith("ready x --size 3 pid=");
        }
    }

    @Test
    void killed_cli_leaves_no_program_behind() throws Exception {
        Process cli = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ClinicKeeper.class.getName(),
                        world.clinicJar)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        ProcessHandle clinic =
                ProcessHandle.of(Long.parseLong(cli.inputReader().readLine())).orElseThrow();
        cli.destroyForcibly(); // not even a shutdown hook runs
        clinic.onExit().get(30, TimeUnit.SECONDS);
        assertThat(clinic.isAlive()).isFalse();
    }

    /** Starts the program, tells its pid and keeps it. */
    static final class ClinicKeeper {

        private ClinicKeeper() {}

        public static void main(String[] args) throws Exception {
            Clinic clinic = Clinic.start(args[0], List.of("lock-cycle"));
            System.out.println(clinic.pid());
            Thread.currentThread().join();
        }
    }
}
