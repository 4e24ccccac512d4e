package dev.asyncinspect.packagedtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.testkit.Ended;
import dev.asyncinspect.testkit.JavaProcess;
import dev.asyncinspect.testkit.Jdk;
import dev.asyncinspect.testkit.Jdks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ctrl-C, whenever it comes: nothing that was started goes on, and there is no half file. */
class InterruptTest {

    @TempDir
    Path folder;

    private final Offspring offspring = new Offspring("InterruptTest");
    private final Jdk jdk = Jdks.onThisMachine().require(25);

    /** From the start of the JVMs over the looks, the report, the agent and the heap to the end of the command. */
    @ParameterizedTest
    @ValueSource(ints = {100, 300, 600, 1000, 1500, 2200, 2600, 3000, 3400, 3800, 4500})
    void a_test_command_that_is_interrupted_leaves_nothing(int millis) throws Exception {
        HeapDumpsLeft heaps = HeapDumpsLeft.sinceNow();
        Path evidence = folder.resolve("evidence");
        JavaProcess.Launch launch = start(
                        "test", "--timeout", "2s", "--fail-on-hang", "--evidence", evidence.toString(), "--")
                .with(jdk.tool("java"), "-jar", Shipped.CLINIC.toAbsolutePath().toString(), "lost-signal");
        try (JavaProcess test = launch.start()) {
            interruptAfter(millis, test);
        }
        assertThat(offspring.alive()).as("processes left").isEmpty();
        assertThat(heaps.list()).as("heap dumps left").isEmpty();
        for (Path kept : list(evidence)) {
            assertThat(kept).isDirectoryContaining("glob:**/README.txt"); // written last
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 600, 900, 1200, 1500, 1800})
    void a_proof_that_is_interrupted_leaves_no_heap_behind_and_the_jvm_alive(int millis) throws Exception {
        HeapDumpsLeft heaps = HeapDumpsLeft.sinceNow();
        try (JavaProcess clinic = Shipped.clinic(jdk, "lost-signal", "--noise", "500");
                JavaProcess prove = start("prove", String.valueOf(clinic.pid())).start()) {
            interruptAfter(millis, prove);
            assertThat(clinic.isAlive()).isTrue();
        }
        assertThat(heaps.list()).as("heap dumps left").isEmpty();
    }

    @Test
    void a_watch_that_is_interrupted_while_its_command_runs_takes_the_command_with_it() throws Exception {
        Path running = folder.resolve("running");
        try (JavaProcess clinic = Shipped.clinic(jdk, "lock-cycle");
                JavaProcess watch = start("watch", String.valueOf(clinic.pid()), "--interval", "1s")
                        .with("--exec", "touch " + running + "; sleep 600")
                        .start()) {
            while (!Files.exists(running)) {
                Thread.onSpinWait();
            }
            interruptAfter(0, watch);
        }
        assertThat(offspring.alive()).as("processes left").isEmpty();
    }

    @Test
    void a_program_that_is_run_is_asked_to_end_and_has_the_time_it_needs() throws Exception {
        JavaSource.compile(Path.of("src/test/programs/SlowEnd.java"), folder);
        Path file = folder.resolve("slow.air");
        try (JavaProcess run = start("run", "--to", file.toString(), "-cp", folder.toString(), "SlowEnd")
                .start()) {
            run.awaitLine("ready");
            int code = CtrlC.on(run);
            Ended ended = run.awaitEnd();
            assertThat(ended).isEqualTo(new Ended(code, "ready\nclosing\nclosed\n", ""));
        }
        assertThat(offspring.alive()).as("processes left").isEmpty();
        assertThat(Shipped.run("stats", file.toString()).exitCode()).isZero();
    }

    private JavaProcess.Launch start(String... arguments) {
        return offspring.mark(
                JavaProcess.on(jdk, "-jar", Shipped.JAR.toAbsolutePath().toString())
                        .with(arguments));
    }

    /** The moment of the interruption is what the test is about: any will do, and many are tried. */
    private static void interruptAfter(int millis, JavaProcess process) throws Exception {
        Process moment = new ProcessBuilder("sleep", String.valueOf(millis / 1000.0)).start();
        assertThat(moment.waitFor(30, TimeUnit.SECONDS)).isTrue();
        int code = process.isAlive() ? CtrlC.on(process) : 0;
        Ended ended = process.awaitEnd();
        assertThat(ended.exitCode()).as(ended.stderr()).isIn(code, 1, 124);
    }

    private static List<Path> list(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
