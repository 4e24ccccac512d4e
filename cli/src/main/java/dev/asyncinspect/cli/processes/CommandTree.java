package dev.asyncinspect.cli.processes;

import dev.asyncinspect.sources.ExitGuard;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** A command that we run, and every process that it started in turn. None of them outlives us. */
public final class CommandTree implements AutoCloseable {

    /*
     * A build tool may hand the work to a daemon that is no child of ours, and the daemon starts the JVM of the tests. What
     * all of these share is their environment, so a variable with a random value marks them. Where the environment of
     * others cannot be read (no /proc), there are the descendants.
     */

    private static final String MARK = "ASYNC_INSPECT_TEST_RUN";
    private static final Duration AT_EXIT = Duration.ofSeconds(2);

    private final Process process;
    private final String mark;

    /** Whoever ends us, with Ctrl-C say, ends them too. */
    private final ExitGuard<CommandTree> guard;

    private CommandTree(Process process, String mark, ExitGuard<CommandTree> guard) {
        this.process = process;
        this.mark = mark;
        this.guard = guard;
    }

    /**
     * Starts it, with our standard streams as its own.
     *
     * @throws IOException if there is no such program, or it cannot be run
     */
    public static CommandTree start(List<String> command) throws IOException {
        byte[] random = new byte[8];
        new SecureRandom().nextBytes(random);
        String value = HexFormat.of().formatHex(random);
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().put(MARK, value);
        ExitGuard<CommandTree> guard = ExitGuard.ending(tree -> tree.stop(AT_EXIT));
        return guard.keep(() -> new CommandTree(builder.start(), MARK + "=" + value, guard));
    }

    /** Waits for the end of the command itself; whether it came. */
    public boolean awaitEnd(Duration patience) throws InterruptedException {
        return process.waitFor(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** What the command itself ended with; 128 and the signal if one killed it. */
    public int exitCode() {
        return process.exitValue();
    }

    /** All of them that live, by process id; the command itself first. */
    public Map<Long, ProcessHandle> alive() {
        Map<Long, ProcessHandle> alive = new LinkedHashMap<>();
        Stream.of(Stream.of(process.toHandle()), process.descendants(), marked())
                .flatMap(some -> some)
                .filter(ProcessHandle::isAlive)
                .forEach(handle -> alive.putIfAbsent(handle.pid(), handle));
        return alive;
    }

    /** Ends all of them: asks first, and kills who is still there after this time. */
    public void stop(Duration patience) {
        List<ProcessHandle> all = List.copyOf(alive().values());
        all.forEach(ProcessHandle::destroy);
        long deadline = System.nanoTime() + patience.toNanos();
        for (ProcessHandle handle : all) {
            try {
                handle.onExit().get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException | ExecutionException e) {
                break; // not gone in time: killed below
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        // Again all: somebody may have started another one in between.
        alive().values().forEach(ProcessHandle::destroyForcibly);
        all.forEach(ProcessHandle::destroyForcibly);
    }

    /** Ends what is left of them. */
    @Override
    public void close() {
        if (process.isAlive()) {
            stop(AT_EXIT);
        }
        guard.release();
    }

    private Stream<ProcessHandle> marked() {
        return ProcessHandle.allProcesses().filter(handle -> isMarked(handle.pid()));
    }

    private boolean isMarked(long pid) {
        try {
            byte[] environment = Files.readAllBytes(Path.of("/proc", String.valueOf(pid), "environ"));
            return ("\0" + new String(environment, StandardCharsets.ISO_8859_1)).contains("\0" + mark + "\0");
        } catch (IOException e) {
            return false; // gone, not ours to read, or no /proc
        }
    }
}
