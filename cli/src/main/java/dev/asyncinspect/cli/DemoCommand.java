package dev.asyncinspect.cli;

import dev.asyncinspect.model.History;
import dev.asyncinspect.sources.ClassFiles;
import dev.asyncinspect.sources.JvmProcess;
import dev.asyncinspect.sources.LiveJvms;
import dev.asyncinspect.sources.SourceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code demo}: starts a small sick program and shows its diagnosis. */
@Command(
        name = "demo",
        description = "Starts a small program that hangs, says why, and stops it.",
        footer = {
            "",
            "Examples:",
            "  async-inspect demo",
            "  async-inspect demo pool-starvation",
            "  async-inspect demo orphaned-future --prove",
            "  async-inspect demo lock-cycle --size 5 --noise 1000",
            "  async-inspect demo --list"
        })
final class DemoCommand extends AnswerCommand {

    private static final Duration INTERVAL = Duration.ofMillis(250);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration READY_TIMEOUT = Duration.ofSeconds(60);

    @Parameters(
            arity = "0..1",
            paramLabel = "FAULT",
            defaultValue = "lock-cycle",
            description = "How it hangs (default: ${DEFAULT-VALUE}).")
    String fault = "lock-cycle";

    @Option(names = "--list", description = "List the faults and end.")
    boolean list;

    @Option(names = "--prove", description = "Look at its heap, as async-inspect prove does, and not as why does.")
    boolean prove;

    @Option(names = "--healthy", description = "Start the healthy twin of the fault instead.")
    boolean healthy;

    @Option(
            names = "--threads",
            paramLabel = "KIND",
            description =
                    "On which threads: platform, virtual or mixed (default: platform, unless the fault needs others).")
    @Nullable
    String threads;

    @Option(
            names = "--size",
            paramLabel = "N",
            description = "How many tasks take part (default: what is usual for the fault).")
    @Nullable
    Integer size;

    @Option(names = "--noise", paramLabel = "N", description = "How many healthy threads to add (default: 0).")
    @Nullable
    Integer noise;

    @Override
    ExitCode answer(Terminal terminal, Environment environment) throws Exception {
        try (Clinic clinic = Clinic.start(environment.clinicJar(), arguments())) {
            if (list) {
                clinic.lines().forEach(terminal::line);
                return ExitCode.HEALTHY;
            }
            if (!clinic.awaitReady(READY_TIMEOUT)) {
                if (clinic.exitCode() == Clinic.USAGE) {
                    return ExitCode.USAGE;
                }
                throw new SourceException(
                        SourceException.Reason.UNREACHABLE,
                        "the demo program did not reach its fault within " + READY_TIMEOUT.toSeconds() + " s");
            }
            return diagnose(terminal, environment, clinic.pid());
        }
    }

    private List<String> arguments() {
        if (list) {
            return List.of("--list");
        }
        List<String> arguments = new ArrayList<>(List.of(fault));
        if (healthy) {
            arguments.add("--healthy");
        }
        add(arguments, "--threads", threads);
        add(arguments, "--size", size);
        add(arguments, "--noise", noise);
        return arguments;
    }

    private static void add(List<String> arguments, String option, @Nullable Object value) {
        if (value != null) {
            arguments.add(option);
            arguments.add(value.toString());
        }
    }

    private ExitCode diagnose(Terminal terminal, Environment environment, long pid) throws SourceException {
        JvmProcess jvm = environment.observations().find(String.valueOf(pid));
        Diagnosis diagnosis = Diagnosis.of(look(terminal, environment.observations(), jvm));
        if (output.json) {
            new AnswerJson(terminal.out(), "demo", environment.version())
                    .print(diagnosis.exitCode(), List.of(Observed.whole(diagnosis)));
        } else {
            terminal.line(terminal.paint(
                    Terminal.Tone.QUIET,
                    "A program that is " + (healthy ? "healthy" : "sick with " + fault) + " runs as pid " + pid
                            + ". On your own JVM this is: async-inspect " + (prove ? "prove" : "why") + " PID"));
            terminal.line();
            diagnosis.print(terminal);
        }
        return diagnosis.exitCode();
    }

    private History look(Terminal terminal, Observations observations, JvmProcess jvm) throws SourceException {
        if (prove) {
            return ProveCommand.heap(observations, jvm, READY_TIMEOUT, ClassFiles.none(), terminal);
        }
        LiveJvms.Sampling sampling = new LiveJvms.Sampling(2, INTERVAL, ANSWER_TIMEOUT, false);
        return new LiveLook(observations, terminal, sampling, ClassFiles.none())
                .at(
                        jvm,
                        LiveLook.Closeness.IF_NEEDED,
                        dump -> Diagnosis.of(dump).isProven());
    }
}
