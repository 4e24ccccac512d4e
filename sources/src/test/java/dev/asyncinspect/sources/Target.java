package dev.asyncinspect.sources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.sources.observed.TargetProgram;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM that a test looks at. It answers each line with one line; anything else on its streams is a fault of ours. */
final class Target implements AutoCloseable {

    private final Process process;
    private final Path errors;
    private final BufferedWriter questions;
    private final BufferedReader answers;

    private Target(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        this.questions = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static Target start(Path java, Path folder, int parkedThreads, String... flags) throws IOException {
        return start(List.of(), java, folder, parkedThreads, flags);
    }

    /** In a container of its own, if the command is one that makes a container and runs what follows in it. */
    static Target start(List<String> container, Path java, Path folder, int parkedThreads, String... flags)
            throws IOException {
        Path errors = Files.createTempFile(folder, "stderr", ".txt");
        List<String> command = new ArrayList<>(container);
        command.addAll(List.of(java.toString(), "-Xmx128m", "-Xss256k"));
        command.addAll(List.of(flags));
        command.addAll(List.of(
                "-cp",
                TestJars.program(folder.resolve("program.jar")).toString(),
                TargetProgram.class.getName(),
                String.valueOf(parkedThreads)));
        Target target = new Target(
                new ProcessBuilder(command).redirectError(errors.toFile()).start(), errors);
        assertThat(target.answers.readLine()).isEqualTo("ready");
        return target;
    }

    long pid() {
        return jvmHandle().pid();
    }

    /** The process itself, or what it started last: the JVM in a container. */
    private ProcessHandle jvmHandle() {
        return process.descendants()
                .filter(child -> child.children().findAny().isEmpty())
                .findFirst()
                .orElse(process.toHandle());
    }

    JvmProcess jvm() {
        return new JvmProcess(pid(), "TargetProgram", "", null, null);
    }

    /** The next line that it prints after this question. */
    String ask(String question) throws IOException {
        questions.write(question);
        questions.newLine();
        questions.flush();
        return answers.readLine();
    }

    List<String> threads() throws IOException {
        return List.of(ask("threads").split(","));
    }

    /** Asks until the agent's thread is gone; it ends a moment after its client. */
    void awaitNoLinkThread() throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (threads().contains("async-inspect-link")) {
            assertThat(System.nanoTime()).as("the agent's thread stays").isLessThan(deadline);
        }
    }

    /** What its file descriptors point to, each cut to its kind: {@code socket}, {@code anon_inode}, or the path. */
    List<String> descriptors() throws IOException {
        List<String> descriptors = new ArrayList<>();
        try (DirectoryStream<Path> links = Files.newDirectoryStream(Path.of("/proc", String.valueOf(pid()), "fd"))) {
            for (Path link : links) {
                try {
                    descriptors.add(Files.readSymbolicLink(link).toString().replaceFirst(":\\[\\d+]$", ""));
                } catch (NoSuchFileException e) {
                    // closed while we looked
                }
            }
        }
        Collections.sort(descriptors);
        return descriptors;
    }

    String errors() throws IOException {
        return Files.readString(errors);
    }

    void signal(String name) throws IOException, InterruptedException {
        int status = new ProcessBuilder("kill", "-" + name, String.valueOf(pid()))
                .start()
                .waitFor();
        assertThat(status).isZero();
    }

    void kill() {
        jvmHandle().destroyForcibly();
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
