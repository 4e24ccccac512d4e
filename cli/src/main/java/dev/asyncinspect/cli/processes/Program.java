package dev.asyncinspect.cli.processes;

import dev.asyncinspect.sources.ExitGuard;
import java.io.IOException;
import java.util.List;

/** A program that we start for somebody. It is not ours: it ends as it would without us. */
public final class Program {

    /*
     * Whoever ends us, with Ctrl-C say, wants to end the program. It is asked to, as it would be, and then has the time that it needs: a server
     * that still answers what was asked must not be killed because of us. What it started in turn is its own affair.
     */

    private Program() {}

    /**
     * Runs it to its end, with our standard streams as its own.
     *
     * @return what it ended with; 128 and the signal if one killed it
     * @throws IOException if there is no such program, or it cannot be run
     */
    public static int run(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        ExitGuard<Process> guard = ExitGuard.ending(Program::end);
        try {
            return guard.keep(builder::start).waitFor();
        } finally {
            guard.release();
        }
    }

    private static void end(Process process) {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
