package dev.asyncinspect.cli;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code why}: all findings of a JVM or of dump files, worst first. */
@Command(
        name = "why",
        description = "Says why a JVM is stuck: all findings, worst first.",
        footer = {
            "",
            "Examples:",
            "  async-inspect why 4711",
            "  async-inspect why my.app.Main --samples 3 --interval 1s",
            "  async-inspect why --file dump1.txt dump2.txt",
            "  jstack -l 4711 | async-inspect why --file -"
        })
final class WhyCommand extends AnswerCommand {

    @Mixin
    TargetOptions target = new TargetOptions();

    @Override
    ExitCode answer(Terminal terminal, Environment environment) throws Exception {
        List<Diagnosis> diagnoses =
                target.observe(environment, terminal, dump -> Diagnosis.of(dump).isProven()).stream()
                        .map(Diagnosis::of)
                        .toList();
        ExitCode code = Diagnosis.exitCode(diagnoses);
        if (output.json) {
            new AnswerJson(terminal.out(), "why", environment.version())
                    .print(code, diagnoses.stream().map(Observed::whole).toList());
            return code;
        }
        for (Diagnosis diagnosis : diagnoses) {
            if (diagnoses.size() > 1) {
                terminal.line("=== " + diagnosis.history().latest().source().description() + " ===");
            }
            diagnosis.print(terminal);
        }
        return code;
    }
}
