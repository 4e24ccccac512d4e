package dev.asyncinspect.packagedtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.asyncinspect.testkit.Ended;
import dev.asyncinspect.testkit.JavaProcess;
import dev.asyncinspect.testkit.Jdk;
import dev.asyncinspect.testkit.Jdks;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Targets that cannot be looked at: one clear line, the documented exit code, the target unharmed. */
class BadTargetsTest {

    private final Jdk jdk = Jdks.onThisMachine().require(25);

    @TempDir
    Path folder;

    @Test
    void a_dead_pid() throws Exception {
        expect(3, "no process 4194999", Shipped.run("why", "4194999"));
        expect(3, "no process 99999999999999999999", Shipped.run("why", "99999999999999999999"));
    }

    @Test
    void a_process_that_is_no_jvm_stays_alive() throws Exception {
        Process sleep = new ProcessBuilder("sleep", "60").start();
        try {
            expect(3, "process " + sleep.pid() + " is no JVM", Shipped.run("why", String.valueOf(sleep.pid())));
            assertThat(sleep.isAlive()).isTrue();
        } finally {
            sleep.destroyForcibly();
        }
    }

    @Test
    void a_name_that_fits_no_jvm() throws Exception {
        expect(3, "no JVM whose main class contains 'no.such.Main'", Shipped.run("why", "no.such.Main"));
    }

    @Test
    void a_suspended_jvm_is_told_at_once_and_goes_on_afterwards() throws Exception {
        try (JavaProcess clinic = Shipped.clinic(jdk, "lock-cycle")) {
            signal("STOP", clinic.pid());
            expect(3, "is suspended by a signal or a debugger", Shipped.run("why", String.valueOf(clinic.pid())));
            signal("CONT", clinic.pid());
            assertThat(Shipped.run("why", String.valueOf(clinic.pid())).exitCode())
                    .isEqualTo(1);
        }
    }

    @Test
    void a_jvm_that_does_not_allow_attach() throws Exception {
        try (JavaProcess clinic = JavaProcess.on(
                        jdk, "-XX:+DisableAttachMechanism", "-jar", Shipped.CLINIC.toString(), "lock-cycle")
                .start()) {
            clinic.awaitLine("ready ");
            expect(3, "-XX:+DisableAttachMechanism", Shipped.run("why", String.valueOf(clinic.pid())));
            assertThat(clinic.isAlive()).isTrue();
        }
    }

    @Test
    void a_jvm_that_leaves_its_signals_alone_answers_and_goes_on() throws Exception {
        try (JavaProcess clinic = JavaProcess.on(jdk, "-Xrs", "-jar", Shipped.CLINIC.toString(), "lock-cycle")
                .start()) {
            clinic.awaitLine("ready ");
            Ended ended = Shipped.run("why", String.valueOf(clinic.pid()));
            assertThat(ended.exitCode()).as(ended.stderr()).isEqualTo(1);
            assertThat(clinic.isAlive()).isTrue();
        }
    }

    @Test
    void a_jvm_of_another_user() throws Exception {
        assumeThat(System.getProperty("user.name"))
                .as("only root can act as another user")
                .isEqualTo("root");
        Path jar =
                Files.copy(Shipped.JAR, Files.createTempFile("shipped", ".jar"), StandardCopyOption.REPLACE_EXISTING);
        jar.toFile().setReadable(true, false);
        try (JavaProcess clinic = Shipped.clinic(jdk, "lock-cycle")) {
            Process nobody = new ProcessBuilder(List.of(
                            "setpriv",
                            "--reuid=65534",
                            "--regid=65534",
                            "--clear-groups",
                            jdk.tool("java"),
                            "-jar",
                            jar.toString(),
                            "why",
                            String.valueOf(clinic.pid())))
                    .start();
            String error = new String(nobody.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(nobody.waitFor()).as(error).isEqualTo(3);
            assertThat(error).contains("it belongs to user root").hasLineCount(1);
            assertThat(clinic.isAlive()).isTrue();
        } finally {
            Files.delete(jar);
        }
    }

    @Test
    void files_that_are_no_dumps() throws Exception {
        Path empty = Files.createFile(folder.resolve("empty.txt"));
        expect(4, "empty.txt is empty", Shipped.run("why", "--file", empty.toString()));
        expect(4, "no file", Shipped.run("why", "--file", folder.resolve("none").toString()));
        expect(4, "is a folder", Shipped.run("analyze", folder.toString()));
        Path notes = Files.writeString(folder.resolve("run.air"), "shopping: milk\n");
        expect(4, "run.air holds no thread dump", Shipped.run("why", notes.toString()));
    }

    @Test
    void a_dump_that_is_larger_than_the_memory() throws Exception {
        Path dump = folder.resolve("huge.txt");
        try (BufferedWriter writer = Files.newBufferedWriter(dump)) {
            writer.write("Full thread dump OpenJDK 64-Bit Server VM (25.0.3+9 mixed mode, sharing):\n\n");
            for (int i = 1; i <= 150_000; i++) {
                writer.write(
                        "\"worker-" + i + "\" #" + i + " [" + i + "] prio=5 os_prio=0 cpu=1.00ms elapsed=9.00s tid=0x"
                                + Integer.toHexString(i) + " nid=" + i + " waiting on condition  [0x0001]\n"
                                + "   java.lang.Thread.State: WAITING (parking)\n"
                                + "\tat shop.Service" + i + ".call(Service" + i + ".java:45)\n\n");
            }
        }
        Ended ended = JavaProcess.on(jdk, "-Xmx24m", "-jar", Shipped.JAR.toString(), "why", "--file", dump.toString())
                .run();
        expect(4, "out of memory; give it more", ended);
    }

    @Test
    void a_jvm_that_dies_while_it_is_looked_at() throws Exception {
        try (JavaProcess clinic = Shipped.clinic(jdk, "lock-cycle");
                JavaProcess why = JavaProcess.on(jdk, "-jar", Shipped.JAR.toString())
                        .with("why", String.valueOf(clinic.pid()), "--samples", "1000", "--interval", "100ms")
                        .start()) {
            Path line = Path.of("/tmp/.java_pid" + clinic.pid());
            long end = System.nanoTime() + JavaProcess.PATIENCE.toNanos();
            while (Files.notExists(line) && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            assertThat(line).as("what the JVM makes for the first who attaches").exists();
            signal("KILL", clinic.pid());
            expect(3, "process " + clinic.pid() + " ended while it was looked at", why.awaitEnd());
        }
    }

    @Test
    void a_wrong_command_line() throws Exception {
        assertThat(Shipped.run("why").exitCode()).isEqualTo(2);
        assertThat(Shipped.run("why", "--samples", "0", "1").exitCode()).isEqualTo(2);
        assertThat(Shipped.run("why", "--interval", "soon", "1").stderr()).contains("soon");
        assertThat(Shipped.run("nonsense").exitCode()).isEqualTo(2);
    }

    private static void signal(String signal, long pid) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + signal, String.valueOf(pid))
                        .start()
                        .waitFor())
                .isZero();
    }

    private static void expect(int exitCode, String message, Ended ended) {
        assertThat(ended.stderr())
                .startsWith("async-inspect: ")
                .contains(message)
                .hasLineCount(1);
        assertThat(ended.stdout()).isEmpty();
        assertThat(ended.exitCode()).isEqualTo(exitCode);
    }
}
