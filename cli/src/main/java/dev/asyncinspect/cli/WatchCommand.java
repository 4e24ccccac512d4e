package dev.asyncinspect.cli;

import dev.asyncinspect.analysis.Confidence;
import dev.asyncinspect.analysis.FindingKind;
import dev.asyncinspect.cli.watch.Admission;
import dev.asyncinspect.cli.watch.ShellHook;
import dev.asyncinspect.cli.watch.Webhook;
import dev.asyncinspect.sources.SourceException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code watch}: looks again and again, and acts the moment a finding appears. */
@Command(
        name = "watch",
        description = {
            "Looks at JVMs again and again, and acts the moment a finding appears.",
            "It prints a line, keeps the evidence, runs a command, tells a web address. What stays is told once. What the watch says of itself goes to stderr."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:the time of --for is over, and nothing was told",
            " 1:the time of --for is over, and something was told",
            " 2:wrong command line",
            " 3:there is no such JVM, or it cannot be looked at",
            " 130:ended by Ctrl-C (143 by SIGTERM)"
        },
        footer = {
            "",
            "The command of --exec gets the event as JSON on its stdin, and in its environment"
                    + " ASYNC_INSPECT_PID, _PROGRAM, _KIND, _CONFIDENCE, _TEXT and _EVIDENCE.",
            "",
            "Examples:",
            "  async-inspect watch 4711 --dump /var/log/hangs",
            "  async-inspect watch --all --on lock-cycle --exec 'logger \"$ASYNC_INSPECT_TEXT\"'",
            "  async-inspect watch my.app.Main --json --webhook http://127.0.0.1:9000/hooks/jvm"
        })
final class WatchCommand implements Callable<Integer> {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration EXEC_LIMIT = Duration.ofSeconds(60);

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "PID|NAME",
            description =
                    "Process id of a JVM (when it ends, the next one of the same main class is watched), or part of"
                            + " the main class of one or many.")
    @Nullable
    String target;

    @Option(names = "--all", description = "Watch all JVMs of this machine that can be looked at, those to come too.")
    boolean all;

    @Option(
            names = "--on",
            paramLabel = "KIND",
            split = ",",
            converter = FindingKindConverter.class,
            description = "Kinds of findings to act on: lock-cycle,pool-starvation (default: all; docs/findings lists"
                    + " them).")
    List<FindingKind> kinds = new ArrayList<>();

    @Option(
            names = "--confidence",
            paramLabel = "LEVEL",
            defaultValue = "LIKELY",
            description = "Act on findings that are at least PROVEN, LIKELY or HINT (default: ${DEFAULT-VALUE}).")
    Confidence confidence = Confidence.LIKELY;

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            defaultValue = "10s",
            description =
                    "Time between two looks; longer by itself where a look takes long (default: ${DEFAULT-VALUE}).")
    Duration interval = Duration.ofSeconds(10);

    @Option(
            names = "--attach",
            description =
                    "Load an agent into the JVM while it is watched, which sees virtual threads, futures and pools. See"
                            + " docs/safety/attach.md.")
    boolean attach;

    @Option(
            names = "--dump",
            paramLabel = "FOLDER",
            description = "Keep the evidence of each event here: text, JSON, thread dumps.")
    @Nullable
    Path dump;

    @Option(
            names = "--keep",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many events --dump keeps; the oldest go (default: ${DEFAULT-VALUE}).")
    int keep = 20;

    @Option(names = "--exec", paramLabel = "CMD", description = "Run this command of the shell, for at most a minute.")
    @Nullable
    String exec;

    @Option(names = "--webhook", paramLabel = "URL", description = "Send the event there as JSON, by POST.")
    @Nullable
    String webhook;

    @Option(
            names = "--cooldown",
            paramLabel = "TIME",
            defaultValue = "10m",
            description = "How long a finding must be gone before it is told again (default: ${DEFAULT-VALUE}).")
    Duration cooldown = Duration.ofMinutes(10);

    @Option(
            names = "--most-per-hour",
            paramLabel = "N",
            defaultValue = "12",
            description = "How many events are told in an hour; the others are counted (default: ${DEFAULT-VALUE}).")
    int mostPerHour = 12;

    @Option(names = "--for", paramLabel = "TIME", description = "End after this time (default: only when ended).")
    @Nullable
    Duration length;

    @Option(names = "--json", description = "Print events as JSON, one a line; schema: docs/schema/cli-v1.schema.json.")
    boolean json;

    @Mixin
    ScreenOptions screen = new ScreenOptions();

    @ParentCommand
    @Nullable
    Cli cli;

    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        check();
        Cli parent = Objects.requireNonNull(cli);
        WatchScreen listener = new WatchScreen(screen.onStdout(parent), json, parent.environment.version());
        WatchActions actions = new WatchActions(
                parent.environment,
                listener::say,
                dump,
                keep,
                exec == null ? null : new ShellHook(exec, EXEC_LIMIT),
                webhook());
        Watcher watcher = new Watcher(
                targets(parent.environment.observations(), listener),
                parent.environment.observations(),
                new Watcher.Wanted(kinds, confidence, attach),
                new Admission(cooldown, mostPerHour),
                actions,
                listener);
        try (WatchPace pace = WatchPace.begin(length)) {
            return watcher.watch(interval, pace) == 0 ? ExitCode.HEALTHY.code() : ExitCode.FINDINGS.code();
        }
    }

    private void check() {
        if (all == (target != null)) {
            throw usage(
                    all
                            ? "give either a JVM or --all, not both"
                            : "name a JVM (PID or part of its main class) or give --all");
        }
        if (interval.compareTo(SHORTEST) < 0) {
            throw usage(
                    "--interval must be at least " + SHORTEST.toSeconds() + "s: each look stops the JVM for a moment");
        }
        if (keep < 1 || mostPerHour < 1) {
            throw usage((keep < 1 ? "--keep" : "--most-per-hour") + " must be at least 1");
        }
    }

    private WatchTargets targets(Observations observations, Watcher.Listener listener) throws SourceException {
        return target == null
                ? WatchTargets.all(observations, listener::say)
                : WatchTargets.of(observations, target, listener::say);
    }

    private @Nullable Webhook webhook() {
        try {
            return webhook == null ? null : new Webhook(webhook);
        } catch (IllegalArgumentException e) {
            throw usage("--webhook: " + e.getMessage());
        }
    }

    private ParameterException usage(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }
}
