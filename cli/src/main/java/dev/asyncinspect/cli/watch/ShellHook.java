package dev.asyncinspect.cli.watch;

import dev.asyncinspect.sources.ExitGuard;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A command of the shell that is run for what is told. Its output goes where our stderr goes. */
public final class ShellHook {

    private final String command;
    private final Duration limit;

    /**
     * A command.
     *
     * @param command as one writes it in the shell
     * @param limit how long it may run; then it is killed with all it started
     */
    public ShellHook(String command, Duration limit) {
        this.command = command;
        this.limit = limit;
    }

    /**
     * Runs it and waits for its end.
     *
     * @param variables added to its environment
     * @param input its standard input
     * @return what went wrong, null if nothing did
     */
    public @Nullable String run(Map<String, String> variables, String input) throws InterruptedException {
        // Its stdout must not come between the events on ours.
        ProcessBuilder builder =
                new ProcessBuilder("sh", "-c", "exec 1>&2\n" + command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(variables);
        ExitGuard<Process> guard = ExitGuard.ending(ShellHook::kill);
        Process process;
        try {
            process = guard.keep(builder::start);
        } catch (IOException e) {
            return "--exec cannot be run: " + e.getMessage();
        }
        try {
            give(process, input);
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return "--exec still ran after " + limit.toSeconds() + " s, and was killed";
            }
            return process.exitValue() == 0 ? null : "--exec ended with " + process.exitValue();
        } finally {
            kill(process);
            guard.release();
        }
    }

    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** From a thread of its own: a command that does not read must not keep us. */
    private static void give(Process process, String input) {
        Thread writer = new Thread(
                () -> {
                    try (OutputStream stdin = process.getOutputStream()) {
                        stdin.write(input.getBytes(StandardCharsets.UTF_8));
                    } catch (IOException e) {
                        // It does not care to read all of it.
                    }
                },
                "async-inspect-exec-input");
        writer.setDaemon(true);
        writer.start();
    }
}
