package dev.asyncinspect.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A Java program running on a given JDK, with all it prints. Closing it kills it. Everything waits at most its patience. */
public final class JavaProcess implements AutoCloseable {

    /** How long to wait for anything unless told otherwise; long, because CI machines are slow and nothing waits in vain. */
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String command;
    private final Duration patience;
    private final Process process;
    private final Printed stdout;
    private final Printed stderr;

    private JavaProcess(String command, Duration patience, Process process) {
        this.command = command;
        this.patience = patience;
        this.process = process;
        this.stdout = new Printed(process.getInputStream(), "stdout of " + process.pid());
        this.stderr = new Printed(process.getErrorStream(), "stderr of " + process.pid());
    }

    /** A program that is to run on this JDK with these arguments of {@code java}. */
    public static Launch on(Jdk jdk, String... arguments) {
        return new Launch(jdk, Arrays.asList(arguments));
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    /** Whether it still runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Waits until it has printed a whole line to stdout that contains this; returns the first such line. */
    public String awaitLine(String part) {
        return stdout.awaitLine(part, patience)
                .orElseThrow(() -> new AssertionError("no line with '" + part + "' from " + describe()));
    }

    /** Writes one line to its stdin. */
    public void writeLine(String line) {
        try {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new AssertionError("stdin is closed: " + describe(), e);
        }
    }

    /** Closes its stdin and waits for its end. */
    public Ended awaitEnd() throws InterruptedException {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // It has ended already, with something in its stdin unread.
        }
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("still alive after " + patience + ": " + describe());
        }
        return new Ended(process.exitValue(), stdout.all(patience), stderr.all(patience));
    }

    /** Kills it if it still runs, and waits until it is gone. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    private String describe() {
        return command + (isAlive() ? " (alive)" : " (ended with " + process.exitValue() + ")") + "\n--- stdout:\n"
                + stdout.soFar() + "\n--- stderr:\n" + stderr.soFar();
    }

    /** A program about to be started. */
    public static final class Launch {

        // The JVM reports these on stderr, and they would change what is tested.
        private static final List<String> UNWANTED = List.of("JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS");

        private final List<String> command = new ArrayList<>();
        private final ProcessBuilder builder = new ProcessBuilder(command);
        private Duration patience = PATIENCE;

        private Launch(Jdk jdk, List<String> arguments) {
            command.add(jdk.tool("java"));
            command.addAll(arguments);
            clean(builder.environment());
        }

        static void clean(Map<String, String> environment) {
            UNWANTED.forEach(environment::remove);
        }

        /** More arguments, after those it has. */
        public Launch with(String... arguments) {
            command.addAll(Arrays.asList(arguments));
            return this;
        }

        /** The folder it runs in; else that of the test. */
        public Launch in(Path folder) {
            builder.directory(folder.toFile());
            return this;
        }

        /** A variable of its environment, besides those of the test. */
        public Launch environment(String name, String value) {
            builder.environment().put(name, value);
            return this;
        }

        /** How long to wait for anything. */
        public Launch patience(Duration limit) {
            patience = limit;
            return this;
        }

        /** Starts it. */
        public JavaProcess start() throws IOException {
            return new JavaProcess(String.join(" ", command), patience, builder.start());
        }

        /** Starts it and waits for its end. */
        public Ended run() throws IOException, InterruptedException {
            try (JavaProcess running = start()) {
                return running.awaitEnd();
            }
        }
    }
}
