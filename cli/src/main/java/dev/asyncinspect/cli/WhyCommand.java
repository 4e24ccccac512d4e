package dev.asyncinspect.cli;

import dev.asyncinspect.sources.JvmProcess;
import dev.asyncinspect.sources.SourceException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code why}: all findings of a JVM or of dump files, worst first. */
@Command(
        name = "why",
        description = "Says why a JVM is stuck: all findings, worst first.",
        footer = {
            "",
            "Examples:",
            "  async-inspect why 4711",
            "  async-inspect why my.app.Main --samples 3 --interval 1s",
            "  async-inspect why orders.air",
            "  async-inspect why --file dump1.txt dump2.txt",
            "  jstack -l 4711 | async-inspect why --file -"
        })
final class WhyCommand extends AnswerCommand {

    @Mixin
    TargetOptions target = new TargetOptions();

    @Option(
            names = "--evidence",
            paramLabel = "FOLDER",
            description =
                    "Also keep what was seen: the answer as text and JSON, two thread dumps of the JVM, and what it recorded if it records.")
    @Nullable
    Path evidence;

    @Mixin
    TaskOption about = new TaskOption();

    @Override
    ExitCode answer(Terminal terminal, Environment environment) throws Exception {
        target.takeFile();
        if (evidence != null && !target.files.isEmpty()) {
            throw target.usage("--evidence keeps what is seen of a live JVM; from a file you have it already");
        }
        List<Diagnosis> whole =
                target
                        .observe(
                                environment,
                                terminal,
                                dump -> about.narrow(Diagnosis.of(dump)).isProven())
                        .stream()
                        .map(Diagnosis::of)
                        .toList();
        JvmProcess jvm =
                target.target == null ? null : environment.observations().find(target.target);
        if (jvm != null) {
            Diagnosis seen = FlightRecorder.ask(
                    environment.observations(),
                    jvm,
                    whole.get(0),
                    line -> terminal.err().println("async-inspect: " + line));
            Diagnosis beyond = RecordedFindings.beyond(seen);
            whole = beyond == null ? List.of(seen) : List.of(seen, beyond);
        }
        if (evidence != null && jvm != null) {
            keep(evidence, terminal, environment, new SeenJvm(jvm, whole.get(0)));
        }
        about.check(whole);
        ExitCode code = Diagnosis.exitCode(whole.stream().map(about::narrow).toList());
        if (output.json) {
            new AnswerJson(terminal.out(), "why", environment.version())
                    .print(
                            code,
                            whole.stream()
                                    .map(about::narrow)
                                    .map(Observed::whole)
                                    .toList());
            return code;
        }
        for (Diagnosis one : whole) {
            if (whole.size() > 1) {
                terminal.line("=== " + one.history().latest().source().description() + " ===");
            }
            about.narrow(one).print(terminal);
            about.printOthers(terminal, one);
        }
        return code;
    }

    private void keep(Path folder, Terminal terminal, Environment environment, SeenJvm seen) throws SourceException {
        try {
            Path kept = new EvidenceWriter(environment)
                    .write(
                            folder,
                            "What process " + seen.jvm().pid() + " waited for.",
                            seen.diagnosis()::print,
                            List.of(seen));
            terminal.err().println("async-inspect: evidence: " + kept);
        } catch (IOException e) {
            throw new SourceException(
                    SourceException.Reason.UNREADABLE, "cannot keep the evidence: " + Failures.ofFile(e), e);
        }
    }
}
