package dev.asyncinspect.cli;

import dev.asyncinspect.analysis.Analysis;
import dev.asyncinspect.analysis.Confidence;
import dev.asyncinspect.analysis.Finding;
import dev.asyncinspect.analysis.FindingKind;
import dev.asyncinspect.model.History;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What is wrong with one JVM.
 *
 * @param history what was seen of it
 * @param findings what is wrong, surest and worst first
 */
record Diagnosis(History history, List<Finding> findings) {

    static Diagnosis of(History history) {
        return new Diagnosis(history, Analysis.of(history));
    }

    ExitCode exitCode() {
        if (findings.stream().anyMatch(finding -> finding.confidence() != Confidence.HINT)) {
            return ExitCode.FINDINGS;
        }
        return history.latest().completeness().truncated() ? ExitCode.INCOMPLETE : ExitCode.HEALTHY;
    }

    void print(Terminal terminal) {
        FindingText text = new FindingText(terminal, history.latest());
        Map<FindingKind, Integer> numbers = new EnumMap<>(FindingKind.class);
        for (Finding finding : findings) {
            text.print(finding, numbers.merge(finding.kind(), 1, Integer::sum));
        }
        if (findings.isEmpty()) {
            terminal.line(terminal.paint(Terminal.Tone.GOOD, "[ OK ]") + " Nothing wrong found in "
                    + history.latest().source().description() + ".");
        }
        terminal.line(CoverageText.of(history));
    }

    /** The worse of two: what a command on several JVMs ends with. */
    static ExitCode worse(ExitCode one, ExitCode other) {
        if (one == ExitCode.FINDINGS || other == ExitCode.FINDINGS) {
            return ExitCode.FINDINGS;
        }
        return one == ExitCode.INCOMPLETE ? one : other;
    }
}
