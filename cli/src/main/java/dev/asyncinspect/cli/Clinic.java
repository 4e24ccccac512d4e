package dev.asyncinspect.cli;

import dev.asyncinspect.sources.ExitGuard;
import dev.asyncinspect.sources.SourceException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** The demo program while it runs. It never outlives us: closed, interrupted or killed, its stdin ends and so does it. */
final class Clinic implements AutoCloseable {

    /** Exit code of the demo program for arguments it does not know; it has said so on stderr. */
    static final int USAGE = 2;

    private final Process process;
    private final BufferedReader lines;
    private final ExitGuard<Process> guard; // Ctrl-C must not leave it behind

    private Clinic(Process process, ExitGuard<Process> guard) {
        this.process = process;
        this.guard = guard;
        this.lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts it with the Java that runs us. */
    static Clinic start(String jar, List<String> arguments) throws IOException, SourceException {
        if (jar.isEmpty() || !Files.isRegularFile(Path.of(jar))) {
            throw new SourceException(
                    SourceException.Reason.UNREADABLE,
                    "the demo program is not at hand: run ./async-inspect demo from a checkout of the project");
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:+EnableDynamicAgentLoading"); // so that a closer look does not make the JDK warn
        command.addAll(List.of("-jar", jar));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        ExitGuard<Process> guard = ExitGuard.ending(Process::destroyForcibly);
        return new Clinic(guard.keep(builder::start), guard);
    }

    long pid() {
        return process.pid();
    }

    /** All that it prints until it ends. */
    Stream<String> lines() {
        return lines.lines();
    }

    /** Waits until it has reached its fault; false if it ended instead, or took too long. */
    boolean awaitReady(Duration timeout) throws InterruptedException {
        FutureTask<Boolean> ready = new FutureTask<>(() -> lines.lines().anyMatch(line -> line.startsWith("ready ")));
        Thread reader = new Thread(ready, "clinic-reader");
        reader.setDaemon(true);
        reader.start();
        try {
            return ready.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return false; // its pipe broke or it is stuck elsewhere: for the caller the same as not ready
        }
    }

    /** Its exit code if it has ended or is about to, else a negative number. */
    int exitCode() throws InterruptedException {
        return process.waitFor(1, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
        guard.release();
    }
}
