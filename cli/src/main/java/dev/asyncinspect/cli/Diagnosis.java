package dev.asyncinspect.cli;

import dev.asyncinspect.analysis.Analysis;
import dev.asyncinspect.analysis.Confidence;
import dev.asyncinspect.analysis.Finding;
import dev.asyncinspect.model.Completeness;
import dev.asyncinspect.model.History;
import dev.asyncinspect.model.Recording;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with one JVM.
 *
 * @param history what was seen of it
 * @param findings what is wrong, surest and worst first
 * @param before what the JVM itself recorded until then; null if it does not record, or was not asked
 */
record Diagnosis(
        History history, List<Finding> findings, @Nullable Recording before) {

    Diagnosis(History history, List<Finding> findings) {
        this(history, findings, null);
    }

    static Diagnosis of(History history) {
        return new Diagnosis(history, Analysis.of(history));
    }

    /** The same, with what the JVM recorded before. */
    Diagnosis with(@Nullable Recording recorded) {
        return new Diagnosis(history, findings, recorded);
    }

    /** Only the findings that concern this task: it causes them, or waits behind them. */
    Diagnosis about(long task) {
        return new Diagnosis(
                history,
                findings.stream()
                        .filter(finding -> finding.tasks().contains(task)
                                || finding.victims().contains(task))
                        .toList(),
                before);
    }

    /** What a command that gives these answers ends with: findings outweigh what is missing. */
    static ExitCode exitCode(List<Diagnosis> diagnoses) {
        ExitCode worst = ExitCode.HEALTHY;
        for (Diagnosis diagnosis : diagnoses) {
            ExitCode code = diagnosis.exitCode();
            if (worst == ExitCode.HEALTHY || code == ExitCode.FINDINGS) {
                worst = code;
            }
        }
        return worst;
    }

    ExitCode exitCode() {
        return sick() ? ExitCode.FINDINGS : dropped() > 0 || leavesOut() ? ExitCode.INCOMPLETE : completeness(history);
    }

    /** Events that are not in the recording, each of which may have been the one that tells; none for a look at the JVM itself. */
    private long dropped() {
        return history.recording() == null
                ? 0
                : history.recording().completeness().droppedEvents();
    }

    /** Whether tasks or acts of waiting were not recorded, as was wished, which may be those that tell. */
    private boolean leavesOut() {
        return history.recording() != null && history.recording().leavesOut();
    }

    /** What a command ends with that only shows what was seen. */
    static ExitCode completeness(History history) {
        return completeness(history.latest().completeness());
    }

    /** The same of a recording. */
    static ExitCode completeness(Completeness seen) {
        return seen.truncated() ? ExitCode.INCOMPLETE : ExitCode.HEALTHY;
    }

    void print(Terminal terminal) {
        printFindings(terminal);
        if (!sick()) {
            terminal.line(verdict(terminal));
        }
        terminal.line(CoverageText.of(history, terminal));
    }

    /** Only what is wrong, without a verdict where nothing is. */
    void printFindings(Terminal terminal) {
        FindingText text = new FindingText(terminal, history.latest(), before);
        Map<String, Integer> numbers = new HashMap<>();
        for (Finding finding : findings) {
            text.print(finding, numbers.merge(finding.kind().title(), 1, Integer::sum));
        }
    }

    /** What is cut off, or has holes, is not given a clean bill of health. */
    private String verdict(Terminal terminal) {
        String nothing = findings.isEmpty() ? " Nothing wrong found in " : " Nothing worse than a hint found in ";
        String where = history.latest().source().description();
        if (exitCode() == ExitCode.HEALTHY) {
            return terminal.paint(Terminal.Tone.GOOD, "[ OK ]") + nothing + where + ".";
        }
        return terminal.paint(Terminal.Tone.WARNING, "[PART]") + nothing + part(where);
    }

    private String part(String where) {
        if (completeness(history) != ExitCode.HEALTHY) {
            return "the part of " + where + " that could be read.";
        }
        String lacking = dropped() > 0
                ? Labels.count(dropped(), "event") + " that it lacks may tell more."
                : "what was not recorded, as wished, may tell more.";
        return "what " + where + " holds; " + lacking;
    }

    /** Whether something is wrong beyond doubt, so that no closer look can change the answer. */
    boolean isProven() {
        return findings.stream().anyMatch(finding -> finding.confidence() == Confidence.PROVEN);
    }

    private boolean sick() {
        return findings.stream().anyMatch(finding -> finding.confidence() != Confidence.HINT);
    }
}
