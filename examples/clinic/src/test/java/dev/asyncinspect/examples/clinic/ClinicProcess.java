package dev.asyncinspect.examples.clinic;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The clinic's jar, running as a program of its own. Closing it kills it. */
final class ClinicProcess implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 30;

    private final Jdk jdk;
    private final Process process;
    private final BufferedReader stdout;
    private final Path stderr;

    private ClinicProcess(Jdk jdk, Process process, Path stderr) {
        this.jdk = jdk;
        this.process = process;
        this.stdout = process.inputReader(StandardCharsets.UTF_8);
        this.stderr = stderr;
    }

    static ClinicProcess start(Jdk jdk, List<String> arguments) throws IOException {
        return start(jdk, arguments, ProcessBuilder.Redirect.PIPE);
    }

    static ClinicProcess startWithoutPipe(Jdk jdk, List<String> arguments) throws IOException {
        return start(jdk, arguments, ProcessBuilder.Redirect.from(new File("/dev/null")));
    }

    private static ClinicProcess start(Jdk jdk, List<String> arguments, ProcessBuilder.Redirect stdin)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(jdk.tool("java"), "-jar", System.getProperty("clinic.jar")));
        command.addAll(arguments);
        Path stderr = Files.createTempFile("clinic", ".stderr");
        Process process = new ProcessBuilder(command)
                .redirectInput(stdin)
                .redirectError(stderr.toFile())
                .start();
        return new ClinicProcess(jdk, process, stderr);
    }

    /** The next line of stdout; null when it has ended. Fails if there is none in time. */
    String readLine() {
        return CompletableFuture.supplyAsync(() -> {
                    try {
                        return stdout.readLine();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** What {@code jcmd Thread.print -l} says now. */
    ThreadPrint threadPrint() {
        try {
            Process jcmd = new ProcessBuilder(jdk.tool("jcmd"), String.valueOf(pid()), "Thread.print", "-l")
                    .redirectErrorStream(true)
                    .start();
            return new ThreadPrint(new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Closes its stdin; returns its exit code. Fails if it lives on. */
    int hangUp() throws IOException, InterruptedException {
        process.getOutputStream().close();
        return exitCode();
    }

    /** Waits for its end. Fails if it does not come in time. */
    int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("still alive after " + PATIENCE_SECONDS + " s: " + process.info());
        }
        return process.exitValue();
    }

    String stderr() throws IOException {
        return Files.readString(stderr);
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.deleteIfExists(stderr);
    }
}
