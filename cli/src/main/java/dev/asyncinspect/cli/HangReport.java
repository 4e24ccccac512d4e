package dev.asyncinspect.cli;

import dev.asyncinspect.cli.hang.TestThreads;
import dev.asyncinspect.model.History;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.sources.ClassFiles;
import dev.asyncinspect.sources.JvmProcess;
import dev.asyncinspect.sources.LiveJvms;
import dev.asyncinspect.sources.SourceException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Says why a command hangs, and keeps what shows it. */
final class HangReport {

    private static final Duration BETWEEN_SAMPLES = Duration.ofMillis(250);
    private static final Duration DUMP_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration HEAP_TIMEOUT = Duration.ofMinutes(2);
    private static final int THREADS_SHOWN = 10;

    /**
     * How close it may go to a JVM that runs tests; of the others dumps are enough.
     *
     * @param attach whether an agent may be loaded
     * @param prove whether its heap may be written, which stops it for a while
     */
    record Closeness(boolean attach, boolean prove) {}

    private final Terminal terminal;
    private final Environment environment;
    private final Path evidence;
    private final Closeness closeness;

    HangReport(Terminal terminal, Environment environment, Path evidence, Closeness closeness) {
        this.terminal = terminal;
        this.environment = environment;
        this.evidence = evidence;
        this.closeness = closeness;
    }

    /** Looks at the JVMs, says what it sees and writes the evidence. */
    void of(Hang hang, String command) {
        String headline = "async-inspect: '" + command + "' hangs: " + hang.why();
        terminal.line();
        terminal.line(terminal.paint(Terminal.Tone.BAD, headline));
        List<SeenJvm> seen = new ArrayList<>();
        for (JvmProcess jvm : hang.jvms()) {
            try {
                boolean closer = hang.testing() == 0 || seen.size() < hang.testing();
                seen.add(new SeenJvm(jvm, closer ? closer(jvm) : Diagnosis.of(dump(jvm))));
            } catch (SourceException e) {
                terminal.line("async-inspect: " + Failures.oneLine(String.valueOf(e.getMessage())));
            }
        }
        Consumer<Terminal> text =
                to -> seen.forEach(one -> print(to, one, hang.testing() == 0 || seen.indexOf(one) < hang.testing()));
        text.accept(terminal);
        if (!seen.isEmpty()) {
            keep(headline, text, seen);
        }
    }

    private void keep(String headline, Consumer<Terminal> text, List<SeenJvm> seen) {
        try {
            Path folder = new EvidenceWriter(environment)
                    .write(evidence.resolve(EvidenceWriter.name(Instant.now(), "hang")), headline, text, seen);
            terminal.line("async-inspect: evidence: " + folder);
        } catch (IOException e) {
            terminal.line("async-inspect: cannot keep the evidence: " + Failures.ofFile(e));
        }
    }

    private History dump(JvmProcess jvm) throws SourceException {
        return environment.observations().sample(jvm, sampling(), ClassFiles.none());
    }

    private Diagnosis closer(JvmProcess jvm) throws SourceException {
        Observations observations = environment.observations();
        History history = new LiveLook(observations, terminal, sampling(), ClassFiles.none())
                .at(
                        jvm,
                        closeness.attach ? LiveLook.Closeness.IF_NEEDED : LiveLook.Closeness.NEVER,
                        dump -> Diagnosis.of(dump).isProven());
        Diagnosis diagnosis = Diagnosis.of(history);
        if (diagnosis.isProven() || !closeness.prove) {
            return diagnosis;
        }
        try {
            Diagnosis proof =
                    Diagnosis.of(ProveCommand.heap(observations, jvm, HEAP_TIMEOUT, ClassFiles.none(), terminal));
            return proof.findings().isEmpty() ? diagnosis : proof;
        } catch (SourceException e) {
            terminal.line("async-inspect: no look at its heap: " + Failures.oneLine(String.valueOf(e.getMessage())));
            return diagnosis;
        }
    }

    private static LiveJvms.Sampling sampling() {
        return new LiveJvms.Sampling(2, BETWEEN_SAMPLES, DUMP_TIMEOUT, false);
    }

    private static void print(Terminal terminal, SeenJvm seen, boolean isJudged) {
        Diagnosis diagnosis = seen.diagnosis();
        Snapshot snapshot = diagnosis.history().latest();
        String head = "process " + seen.jvm().pid() + ", " + Labels.program(seen.jvm());
        if (!isJudged && diagnosis.exitCode() != ExitCode.FINDINGS) {
            terminal.line("    " + head + ", runs no tests: its threads are in the evidence");
            return;
        }
        terminal.line();
        terminal.line("=== " + head + " ===");
        threads(terminal, snapshot);
        terminal.line();
        diagnosis.printFindings(terminal);
        if (diagnosis.findings().isEmpty()) {
            terminal.line(
                    "Nothing proven or likely explains it: look at what is waited for above, and who should end that.");
        }
        terminal.line(CoverageText.of(diagnosis.history()));
    }

    private static void threads(Terminal terminal, Snapshot snapshot) {
        List<Task> threads = TestThreads.of(snapshot);
        if (!TestThreads.runsTests(snapshot) && TestThreads.isMainOver(snapshot)) {
            terminal.line("Its main method has returned. It does not end because of "
                    + Labels.count(threads.size(), "thread") + " that " + (threads.size() == 1 ? "is" : "are")
                    + " no daemon; shut down the executor that made "
                    + (threads.size() == 1 ? "it:" : "them:"));
        }
        TaskText text = new TaskText(terminal, snapshot);
        for (Task task : threads.subList(0, Math.min(THREADS_SHOWN, threads.size()))) {
            String test = TestThreads.testOn(task);
            if (test != null) {
                terminal.line("Test " + test + ":");
            }
            text.waits(task);
        }
        if (threads.size() > THREADS_SHOWN) {
            terminal.line("… and " + (threads.size() - THREADS_SHOWN) + " more: see threads-*.txt");
        }
    }
}
