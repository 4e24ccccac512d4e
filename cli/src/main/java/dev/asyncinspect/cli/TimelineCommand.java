package dev.asyncinspect.cli;

import dev.asyncinspect.model.Recording;
import dev.asyncinspect.model.TaskHistory;
import dev.asyncinspect.model.TaskNumber;
import dev.asyncinspect.model.Workers;
import dev.asyncinspect.sources.SourceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code timeline}: what each task did when. */
@Command(
        name = "timeline",
        description = {
            "Draws what each task did when: ran, waited for a thread, was blocked.",
            "The chart is as wide as the terminal if that is known, else 100 columns, or as --width says."
        },
        footer = {
            "",
            "Examples:",
            "  async-inspect timeline run.air",
            "  async-inspect timeline run.air --task T3 --width 160",
            "  async-inspect timeline run.air --from 2s --to 2500ms --ascii"
        })
final class TimelineCommand extends AnswerCommand {

    private static final int MOST_ROWS = 1_000_000;

    @Mixin
    RecordingSource recording = new RecordingSource();

    @Option(
            names = "--task",
            paramLabel = "ID",
            converter = TaskNumberConverter.class,
            description = "Only this task, what it created, and all that happened to it.")
    @Nullable
    Long task;

    @Option(names = "--from", paramLabel = "TIME", description = "Begin so long after the beginning.")
    @Nullable
    Duration from;

    @Option(names = "--to", paramLabel = "TIME", description = "End so long after the beginning.")
    @Nullable
    Duration to;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "Tasks drawn at most, those that were there longest (default: ${DEFAULT-VALUE}).")
    int limit = 50;

    @CommandLine.Spec
    CommandLine.Model.@Nullable CommandSpec spec;

    @Override
    ExitCode answer(Terminal terminal, Environment environment) throws Exception {
        if (limit < 1 || limit > MOST_ROWS) {
            throw wrong("--limit must be between 1 and " + MOST_ROWS + ": " + limit);
        }
        Recording read = recording.read(environment);
        long begin = from == null ? 0 : from.toNanos();
        long end = to == null ? read.lengthNanos() : Math.min(to.toNanos(), read.lengthNanos());
        if (end < begin || (end == begin && read.lengthNanos() > 0)) {
            throw wrong("nothing lies between --from and --to; the recording is " + Times.text(read.lengthNanos())
                    + " long");
        }
        List<TaskHistory> tasks = Workers.asTheyWere(read, chosen(read, begin, end));
        ExitCode code = Diagnosis.completeness(read.completeness());
        if (output.json) {
            JsonOutput.print(terminal.out(), "timeline", environment.version(), code, json -> {
                RecordingJson.head(json, read);
                RecordingJson.timeline(json, tasks);
            });
            return code;
        }
        TimelineText text = new TimelineText(terminal, read, begin, end, environment.columns());
        text.print(tasks, limit);
        if (task != null) {
            new LifeText(terminal, read).print(tasks.get(0));
        }
        terminal.line(CoverageText.of(read, terminal));
        return code;
    }

    private CommandLine.ParameterException wrong(String message) {
        CommandLine line = spec == null ? new CommandLine(this) : spec.commandLine();
        return new CommandLine.ParameterException(line, message);
    }

    /** The task that is asked for first, then what it created, in the order of creation. */
    private List<TaskHistory> chosen(Recording read, long begin, long end) throws SourceException {
        List<TaskHistory> there = read.tasks().stream()
                .filter(one -> one.bornNanos() <= end && one.endedNanos() >= begin)
                .sorted(Comparator.comparingLong(TaskHistory::bornNanos))
                .toList();
        if (task == null) {
            return there;
        }
        TaskHistory asked = read.task(task);
        if (asked == null) {
            throw new SourceException(
                    SourceException.Reason.UNREADABLE,
                    "no task " + TaskNumber.text(task) + " in " + read.source().description()
                            + "; 'async-inspect stats --detailed' and" + " 'timeline' name some");
        }
        List<TaskHistory> family = new ArrayList<>(List.of(asked));
        Set<Long> ids = new HashSet<>(Set.of(asked.id()));
        for (TaskHistory one : there) {
            Long parent = one.parentId().orNull();
            if (parent != null && ids.contains(parent) && ids.add(one.id())) {
                family.add(one);
            }
        }
        return family;
    }
}
