package dev.asyncinspect.cli;

import dev.asyncinspect.analysis.Finding;
import dev.asyncinspect.model.TaskNumber;
import dev.asyncinspect.sources.SourceException;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Narrows an answer down to one task. */
final class TaskOption {

    @Option(
            names = "--task",
            paramLabel = "ID",
            converter = TaskNumberConverter.class,
            description = "Only findings that concern this task: it causes them, or waits behind them.")
    @Nullable
    Long task;

    /** The diagnosis, narrowed down if that is asked for. */
    Diagnosis narrow(Diagnosis whole) {
        return task == null ? whole : whole.about(task);
    }

    /** An error if there is no such task anywhere. */
    void check(List<Diagnosis> diagnoses) throws SourceException {
        Long asked = task;
        if (asked != null
                && diagnoses.stream().allMatch(one -> one.history().latest().task(asked) == null)) {
            throw new SourceException(
                    SourceException.Reason.UNREADABLE,
                    "no task " + TaskNumber.text(asked) + " in "
                            + diagnoses.get(0).history().latest().source().description()
                            + "; 'async-inspect tasks' lists them");
        }
    }

    /** Says what was left out, if anything was. */
    void printOthers(Terminal terminal, Diagnosis whole) {
        Long asked = task;
        if (asked == null) {
            return;
        }
        List<Finding> concern = narrow(whole).findings();
        List<Finding> others = whole.findings().stream()
                .filter(finding -> !concern.contains(finding))
                .toList();
        if (!others.isEmpty()) {
            TreeSet<String> kinds = new TreeSet<>();
            others.forEach(finding -> kinds.add(finding.kind().id()));
            terminal.line("Left out: " + Labels.count(others.size(), "finding") + " (" + String.join(", ", kinds)
                    + ") that task " + TaskNumber.text(asked) + " has no part in.");
        }
    }
}
