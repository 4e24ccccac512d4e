package dev.asyncinspect.packagedtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.asyncinspect.testkit.Ended;
import dev.asyncinspect.testkit.JavaProcess;
import dev.asyncinspect.testkit.Jdk;
import dev.asyncinspect.testkit.Jdks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a heap proves that neither a dump nor the objects along the locks show, and that it accuses nobody else. */
class ProveTest {

    @TempDir
    Path folder;

    static Stream<Arguments> faults() {
        return Matrix.of(1, Jdks.onThisMachine().of(17, 21, 25), Matrix.everySecond(0, Expected.IN_HEAPS))
                .map(pair -> arguments(pair.get()[0], pair.get()[1], "platform"));
    }

    static Stream<Arguments> faultsOnVirtualThreads() {
        return Matrix.of(1, Jdks.onThisMachine().of(25), Matrix.everySecond(1, Expected.IN_HEAPS))
                .map(pair -> arguments(pair.get()[0], pair.get()[1], "virtual"));
    }

    @ParameterizedTest(name = "{1} on {2} threads of {0}")
    @MethodSource({"faults", "faultsOnVirtualThreads"})
    void a_task_that_can_never_go_on_is_proven(Jdk jdk, Expected expected, String threads) throws Exception {
        HeapDumpsLeft heaps = HeapDumpsLeft.sinceNow();
        try (JavaProcess clinic = Shipped.clinic(jdk, expected.fault(), "--threads", threads, "--noise", "3")) {
            Ended ended = Shipped.run("prove", String.valueOf(clinic.pid()), "--json");
            Answer answer = Answer.of(ended);
            assertThat(answer.findings()).containsExactly(expected.finding());
            assertThat(answer.culprits(expected.kind()))
                    .isNotEmpty()
                    .allMatch(name -> name.startsWith(expected.culprit()));
            if (!expected.file().isEmpty()) {
                assertThat(answer.places(expected.kind())).isNotEmpty().isSubsetOf(expected.places());
            }
            assertThat(ended.stderr())
                    .contains("stands still while its heap is written: about ")
                    .hasLineCount(1);
            assertThat(clinic.isAlive()).isTrue();
        }
        assertThat(heaps.list()).isEmpty();
    }

    static Stream<Arguments> everyFault() {
        List<String> every = Stream.concat(Expected.ON_PLATFORM_THREADS.stream(), Expected.IN_HEAPS.stream())
                .map(Expected::fault)
                .distinct()
                .toList();
        return Matrix.of(1, Jdks.onThisMachine().of(17, 25), Matrix.everySecond(0, every));
    }

    @ParameterizedTest(name = "{1} on {0}")
    @MethodSource("everyFault")
    void a_healthy_twin_is_left_alone(Jdk jdk, String fault) throws Exception {
        try (JavaProcess clinic = Shipped.clinic(jdk, fault, "--healthy", "--noise", "3")) {
            Answer answer = Answer.of(Shipped.run("prove", String.valueOf(clinic.pid()), "--json"));
            assertThat(answer.findings()).allMatch(finding -> finding.endsWith(" HINT"));
            assertThat(answer.exitCode()).isZero();
        }
    }

    @Test
    void the_stacks_of_virtual_threads_that_jdk_21_leaves_out_are_told_and_nothing_is_proven() throws Exception {
        Jdk jdk = Jdks.onThisMachine().require(21);
        try (JavaProcess clinic = Shipped.clinic(jdk, "orphaned-future", "--threads", "virtual")) {
            Ended ended = Shipped.run("prove", String.valueOf(clinic.pid()));
            assertThat(ended.exitCode()).isEqualTo(4);
            assertThat(ended.stdout()).contains("[PART]", "virtual threads (heap dumps of this JDK leave them out");
        }
    }

    @Test
    void an_owner_that_jdk_21_leaves_out_is_not_taken_for_one_that_has_ended() throws Exception {
        Jdk jdk = Jdks.onThisMachine().require(21);
        try (JavaProcess clinic = Shipped.clinic(jdk, "lock-cycle-juc", "--threads", "mixed")) {
            Answer answer = Answer.of(Shipped.run("prove", String.valueOf(clinic.pid()), "--json"));
            assertThat(answer.findings()).isEmpty();
            assertThat(answer.exitCode()).isEqualTo(4);
        }
    }

    @Test
    void whoever_ends_it_in_between_finds_no_heap_left_behind() throws Exception {
        HeapDumpsLeft heaps = HeapDumpsLeft.sinceNow();
        Jdk jdk = Jdks.onThisMachine().require(25);
        try (JavaProcess clinic = Shipped.clinic(jdk, "lock-cycle");
                JavaProcess prove = JavaProcess.on(jdk, "-jar", Shipped.JAR.toString())
                        .with("prove", String.valueOf(clinic.pid()))
                        .start()) {
            long end = System.nanoTime() + JavaProcess.PATIENCE.toNanos();
            boolean begun = false;
            while (!begun && System.nanoTime() < end) {
                begun = !heaps.now().isEmpty();
            }
            assertThat(begun).as("the folder for the heap").isTrue();
            assertThat(new ProcessBuilder("kill", "-INT", String.valueOf(prove.pid()))
                            .start()
                            .waitFor())
                    .isZero();
            prove.awaitEnd();
            assertThat(heaps.list()).isEmpty();
            assertThat(clinic.isAlive()).isTrue();
        }
    }

    static List<Jdk> jdks() {
        return Jdks.onThisMachine().of(17, 25);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void a_circle_of_a_monitor_and_a_future_is_proven_and_one_of_monitors_beside_it(Jdk jdk) throws Exception {
        JavaSource.compile(Path.of("src/test/programs/MonitorAndFuture.java"), folder);
        try (JavaProcess program = JavaProcess.on(jdk, "-cp", folder.toString(), "MonitorAndFuture")
                .start()) {
            program.awaitLine("ready");
            Answer answer = Answer.of(Shipped.run("prove", String.valueOf(program.pid()), "--json"));
            assertThat(answer.findings()).containsExactly("lock-cycle PROVEN", "future-cycle PROVEN");
            assertThat(answer.culprits("future-cycle")).containsExactlyInAnyOrder("holder", "completer");
            assertThat(answer.culprits("lock-cycle")).containsExactlyInAnyOrder("left", "right");
            assertThat(answer.finding("future-cycle").get("victims")).hasSize(1);
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void what_a_compiled_frame_may_hide_is_never_called_proven(Jdk jdk) throws Exception {
        Path program = Path.of("src/test/programs/TakenApart.java");
        JavaSource.compile(program, folder);
        try (JavaProcess hidden = JavaProcess.on(
                        jdk,
                        "-XX:CompileCommand=quiet",
                        "-XX:CompileCommand=dontinline,TakenApart::rest",
                        "-cp",
                        folder.toString(),
                        "TakenApart")
                .start()) {
            hidden.awaitLine("ready");
            Answer answer = Answer.of(Shipped.run("prove", String.valueOf(hidden.pid()), "--json"));
            assertThat(answer.findings()).containsExactly("orphaned-future LIKELY");
            assertThat(answer.finding("orphaned-future").get("innocent").asString())
                    .contains("has it in an object that the compiler has taken apart");
        }
    }

    @Test
    void a_heap_dump_made_elsewhere_is_read_from_its_file() throws Exception {
        Jdk jdk = Jdks.onThisMachine().require(25);
        Path dump = folder.resolve("some.hprof");
        try (JavaProcess clinic = Shipped.clinic(jdk, "ownerless-lock")) {
            Process jcmd = new ProcessBuilder(
                            jdk.tool("jcmd"), String.valueOf(clinic.pid()), "GC.heap_dump", dump.toString())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assertThat(jcmd.waitFor()).isZero();
        }
        Ended ended = Shipped.run("analyze", dump.toString());
        assertThat(ended.stdout()).contains("some.hprof: heap dump", "[FAIL] Ownerless lock #1 detected!");
        assertThat(ended.exitCode()).isEqualTo(1);
        byte[] whole = Files.readAllBytes(dump);
        Path cut = Files.write(folder.resolve("cut.hprof"), Arrays.copyOf(whole, whole.length / 2));
        Ended damaged = Shipped.run("analyze", cut.toString());
        assertThat(damaged.stderr())
                .contains("cut.hprof is a heap dump of which nothing can be said, because it is cut off after")
                .hasLineCount(1);
        assertThat(damaged.exitCode()).isEqualTo(4);
    }
}
