package dev.asyncinspect.cli;

import dev.asyncinspect.analysis.Profile;
import dev.asyncinspect.model.Recording;
import dev.asyncinspect.model.RecordingTotals;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code stats}: where the time of a recording went. */
@Command(
        name = "stats",
        description = "Says how many tasks a recording holds, how they stand, and where their time went.",
        footer = {"", "Examples:", "  async-inspect stats 4711", "  async-inspect stats run.air --detailed"})
final class StatsCommand extends AnswerCommand {

    @Mixin
    RecordingSource recording = new RecordingSource();

    @Option(
            names = "--detailed",
            description =
                    "Also for each place that creates tasks: how long they ran, waited for a thread and were blocked"
                            + " (p50, p90, p99); and the slowest tasks.")
    boolean detailed;

    @Override
    ExitCode answer(Terminal terminal, Environment environment) throws Exception {
        RecordingTotals totals = recording.totals(environment, detailed);
        Recording read = totals.about();
        Profile profile = Profile.of(totals);
        ExitCode code = Diagnosis.completeness(read.completeness());
        if (output.json) {
            JsonOutput.print(terminal.out(), "stats", environment.version(), code, json -> {
                RecordingJson.head(json, read);
                ProfileJson.write(json, totals.tasks(), profile, detailed);
            });
            return code;
        }
        ProfileText text = new ProfileText(terminal, totals, profile);
        text.totals();
        if (detailed) {
            text.details();
        }
        terminal.line(CoverageText.of(read, terminal));
        return code;
    }
}
