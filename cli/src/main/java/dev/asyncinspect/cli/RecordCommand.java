package dev.asyncinspect.cli;

import dev.asyncinspect.sources.JvmProcess;
import dev.asyncinspect.sources.KeptRecording;
import dev.asyncinspect.sources.RecordingState;
import dev.asyncinspect.sources.RecordingWish;
import dev.asyncinspect.sources.SourceException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code record}: makes a running JVM record. */
@Command(
        name = "record",
        description = {
            "Makes a running JVM record what its threads and tasks do, until it is stopped or ends.",
            "With --to it records for a while only: what happened is kept in a file, and everything is taken out"
                    + " again.",
            "An agent is loaded that weaves hooks into classes of the JDK; stop takes them out again."
                    + " What that costs: docs/safety/record.md."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:it records; with --to: what it did is kept, and all is as it was",
            " 2:wrong command line",
            " 3:the JVM could not be reached or did not answer, or cannot be recorded",
            " 4:incomplete: the JVM ended meanwhile, or not all could be taken out again",
            " 130:ended by Ctrl-C (143 by SIGTERM); with --to: what it did by then is kept"
        },
        footer = {
            "",
            "Examples:",
            "  async-inspect record 4711",
            "  async-inspect record 4711 --sites",
            "  async-inspect stop 4711",
            "  async-inspect record 4711 --for 10s --to shop.air"
        })
final class RecordCommand extends AnswerCommand {

    /** Hooks are taken out within it, also at Ctrl-C. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(20);

    @Mixin
    LiveTarget target = new LiveTarget();

    @Option(
            names = "--to",
            paramLabel = "FILE",
            description =
                    "Keep what is recorded in this file, for stats, timeline, why and others, until --for is over or"
                            + " Ctrl-C; then stop. What was there is moved aside.")
    @Nullable
    Path to;

    @Option(names = "--for", paramLabel = "TIME", description = "How long to record to the file of --to: 10s, 1.5m.")
    @Nullable
    Duration length;

    @Option(
            names = "--sites",
            description =
                    "Record the line that submits each task, too: some microseconds a task. Only a recording that begins"
                            + " can have them.")
    boolean sites;

    @Option(
            names = "--locks",
            description = "Record who takes locks of java.util.concurrent, too, in which order and at which line: for"
                    + " lock-order-inversion. Some microseconds each. Only a recording that begins can have it.")
    boolean locks;

    @Option(
            names = "--context",
            description = "Record which keys the program puts into logging contexts, too (MDC of Logback, ThreadContext"
                    + " of Log4j), and which scoped values are bound where, never a value: for context-lost and"
                    + " context-stale. Only a recording that begins can have it.")
    boolean context;

    @Mixin
    AmountOptions amount = new AmountOptions();

    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    ExitCode answer(Terminal terminal, Environment environment) throws Exception {
        check();
        JvmProcess jvm = target.find(environment.observations());
        return to == null ? start(terminal, environment, jvm) : keep(terminal, environment, jvm, to);
    }

    private RecordingWish wish() {
        return new RecordingWish(sites, locks, context, amount.text());
    }

    private void check() {
        if (to == null && length != null) {
            throw usage("--for needs --to FILE: where to keep what is recorded");
        }
        if (length != null && length.isZero()) {
            throw usage("--for must be longer than nothing");
        }
        String wrong = amount.problem();
        if (wrong != null) {
            throw usage(wrong);
        }
        String problem = to == null ? null : OutputFile.problem("--to", to);
        if (problem != null) {
            throw usage(problem);
        }
    }

    private ExitCode start(Terminal terminal, Environment environment, JvmProcess jvm) throws SourceException {
        RecordingState recording = environment.observations().record(jvm, target.timeout, wish());
        if (output.json) {
            JsonOutput.print(
                    terminal.out(),
                    "record",
                    environment.version(),
                    ExitCode.HEALTHY,
                    json -> RecordingStateJson.write(recording, json));
            return ExitCode.HEALTHY;
        }
        terminal.line("Process " + jvm.pid() + " records: " + RecordingText.summary(recording));
        if (!recording.settings().isEmpty()) {
            terminal.line("With: " + recording.settings());
        }
        RecordingText.troubles(recording).forEach(terminal::line);
        terminal.line("Stop it with: async-inspect stop " + jvm.pid());
        return ExitCode.HEALTHY;
    }

    private ExitCode keep(Terminal terminal, Environment environment, JvmProcess jvm, Path file) throws Exception {
        terminal.err()
                .println("async-inspect: recording process " + jvm.pid() + " to " + file
                        + (length == null ? "" : " for " + Times.text(length.toNanos())) + "; Ctrl-C ends it");
        try (WatchPace pace = WatchPace.begin(length, LAST_WORDS)) {
            KeptRecording.Kept kept = environment.observations().keep(jvm, target.timeout, file, wish(), counted(pace));
            ExitCode code = isWhole(kept) ? ExitCode.HEALTHY : ExitCode.INCOMPLETE;
            if (output.json) {
                JsonOutput.print(terminal.out(), "record", environment.version(), code, json -> {
                    json.writeStringProperty("file", file.toString());
                    if (kept.state() != null) {
                        RecordingStateJson.write(kept.state(), json);
                    }
                });
            } else {
                terminal.line("Kept " + Labels.count(kept.events(), "event") + " of process " + jvm.pid() + " in "
                        + file + ": " + ending(kept));
                terminal.line("Look at it with: async-inspect timeline " + file);
            }
            terminal.out().flush(); // after Ctrl-C the process ends as soon as the pace is closed
            return code;
        }
    }

    /** To weave the hooks takes a second: that is no part of the time that is recorded. */
    private static KeptRecording.Pace counted(WatchPace pace) {
        return new KeptRecording.Pace() {
            @Override
            public void begins() {
                pace.restart();
            }

            @Override
            public boolean pause(Duration time) throws InterruptedException {
                return pace.pause(time);
            }
        };
    }

    /** Whether nothing is missing and nothing was left behind. */
    private static boolean isWhole(KeptRecording.Kept kept) {
        RecordingState state = kept.state();
        return state != null && (kept.recordedBefore() || state.notRestored().isEmpty());
    }

    private static String ending(KeptRecording.Kept kept) {
        RecordingState state = kept.state();
        if (state == null) {
            return "it ended meanwhile.";
        }
        String dropped = Labels.grouped(state.dropped()) + " dropped; ";
        if (kept.recordedBefore()) {
            return dropped + "it recorded already, which is kept too, and records on.";
        }
        return dropped
                + (state.notRestored().isEmpty()
                        ? "all classes are what they were."
                        : "not all could be restored: " + state.notRestored());
    }

    private ParameterException usage(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }
}
