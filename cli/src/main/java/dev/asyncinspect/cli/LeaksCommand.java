package dev.asyncinspect.cli;

import dev.asyncinspect.analysis.Population;
import dev.asyncinspect.model.Recording;
import dev.asyncinspect.model.RecordingTotals;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.core.JsonGenerator;

/** {@code leaks}: the tasks that still live, by the place that created them. */
@Command(
        name = "leaks",
        description = "Lists the tasks that still live by the place that created them, and how their number grew.",
        footer = {"", "Examples:", "  async-inspect leaks run.air", "  async-inspect leaks 4711"})
final class LeaksCommand extends AnswerCommand {

    private static final String ROW = "%9s %9s %9s %9s  %s";

    @Mixin
    RecordingSource recording = new RecordingSource();

    @Override
    ExitCode answer(Terminal terminal, Environment environment) throws Exception {
        RecordingTotals totals = recording.totals(environment, true);
        Recording read = totals.about();
        List<Population> populations = Population.of(totals);
        ExitCode code = Diagnosis.completeness(read.completeness());
        if (output.json) {
            JsonOutput.print(terminal.out(), "leaks", environment.version(), code, json -> {
                RecordingJson.head(json, read);
                json.writeName("living");
                json.writeStartArray();
                populations.forEach(one -> write(json, one));
                json.writeEndArray();
            });
            return code;
        }
        terminal.line(ProfileText.head(read));
        terminal.line(terminal.paint(
                Terminal.Tone.QUIET,
                String.format(Locale.ROOT, ROW, "LIVE", "GROWTH", "CREATED", "ENDED", "CREATED AT")));
        for (Population one : populations) {
            terminal.line(terminal.fit(String.format(
                    Locale.ROOT,
                    ROW,
                    Labels.grouped(one.livingNow()),
                    String.format(Locale.ROOT, "%+,d", one.growth()),
                    Labels.grouped(one.created()),
                    Labels.grouped(one.ended()),
                    one.site() + "   " + curve(one))));
        }
        if (populations.isEmpty()) {
            terminal.line("no task of known origin lives");
        }
        terminal.line(CoverageText.of(read, terminal));
        return code;
    }

    /** {@code (10 20 30 40)}: how many lived after each part. */
    private static String curve(Population one) {
        return one.living().stream().map(String::valueOf).collect(Collectors.joining(" ", "(", ")"));
    }

    private static void write(JsonGenerator json, Population one) {
        json.writeStartObject();
        json.writeStringProperty("site", one.site().text());
        json.writeNumberProperty("live", one.livingNow());
        json.writeNumberProperty("created", one.created());
        json.writeNumberProperty("ended", one.ended());
        json.writeName("liveOverTime");
        json.writeStartArray();
        one.living().forEach(json::writeNumber);
        json.writeEndArray();
        json.writeEndObject();
    }
}
