package dev.asyncinspect.cli;

import dev.asyncinspect.sources.ClassFiles;
import dev.asyncinspect.sources.JvmProcess;
import dev.asyncinspect.sources.LiveJvms;
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
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code demo}: starts a small sick program and shows its diagnosis. */
@Command(
        name = "demo",
        description = "Starts a small program that hangs, and says why.",
        footer = {
            "",
            "Examples:",
            "  async-inspect demo",
            "  async-inspect demo pool-starvation",
            "  async-inspect demo --list"
        })
final class DemoCommand extends AnswerCommand {

    @Parameters(
            arity = "0..1",
            paramLabel = "FAULT",
            defaultValue = "lock-cycle",
            description = "How it hangs (default: ${DEFAULT-VALUE}).")
    String fault = "lock-cycle";

    @Option(names = "--list", description = "List the faults and end.")
    boolean list;

    @Option(names = "--healthy", description = "Start the healthy twin instead.")
    boolean healthy;

    @Override
    ExitCode answer(Terminal terminal, Environment environment) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(list ? "--list" : fault));
        if (healthy) {
            arguments.add("--healthy");
        }
        Process clinic = start(arguments);
        Thread stop = new Thread(clinic::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(stop); // Ctrl-C must not leave it behind
        try {
            return list ? listFaults(terminal, clinic) : diagnose(terminal, environment, clinic);
        } finally {
            clinic.destroyForcibly();
            clinic.waitFor();
            Runtime.getRuntime().removeShutdownHook(stop);
        }
    }

    private static Process start(List<String> arguments) throws IOException, SourceException {
        String jar = System.getProperty("dev.asyncinspect.clinic", "");
        if (jar.isEmpty() || !Files.isRegularFile(Path.of(jar))) {
            throw new SourceException(
                    SourceException.Reason.UNREADABLE,
                    "the demo program is not at hand: run ./async-inspect demo from a checkout of the project");
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-jar", jar));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static ExitCode listFaults(Terminal terminal, Process clinic) throws IOException {
        try (BufferedReader lines = reader(clinic)) {
            lines.lines().forEach(terminal::line);
        }
        return ExitCode.HEALTHY;
    }

    private ExitCode diagnose(Terminal terminal, Environment environment, Process clinic) throws Exception {
        BufferedReader lines = reader(clinic);
        String ready = lines.readLine();
        if (ready == null) {
            throw new SourceException(
                    SourceException.Reason.UNREADABLE,
                    "the demo program did not start; 'async-inspect demo --list' shows what it can do");
        }
        JvmProcess jvm = environment.observations().find(String.valueOf(clinic.pid()));
        LiveJvms.Sampling sampling = new LiveJvms.Sampling(2, Duration.ofMillis(250), Duration.ofSeconds(10), false);
        Diagnosis diagnosis = Diagnosis.of(environment.observations().sample(jvm, sampling, ClassFiles.none()));
        if (output.json) {
            AnswerJson.print(terminal.out(), "demo", diagnosis.exitCode(), List.of(diagnosis), true);
        } else {
            terminal.line(terminal.paint(
                    Terminal.Tone.QUIET,
                    "A program that is " + (healthy ? "healthy" : "sick with " + fault) + " runs as pid " + clinic.pid()
                            + ". On your own JVM this is: async-inspect why PID"));
            terminal.line();
            diagnosis.print(terminal);
        }
        return diagnosis.exitCode();
    }

    private static BufferedReader reader(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }
}
