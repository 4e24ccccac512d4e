package dev.asyncinspect.cli;

import dev.asyncinspect.analysis.Analysis;
import dev.asyncinspect.analysis.Confidence;
import dev.asyncinspect.analysis.Finding;
import dev.asyncinspect.analysis.FindingKind;
import dev.asyncinspect.model.Await;
import dev.asyncinspect.model.History;
import dev.asyncinspect.model.Recording;
import dev.asyncinspect.model.TaskHistory;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a JVM that records can say of a hang beyond what its objects show: who took permits, and who counted down. */
final class RecordedFindings {

    /*
     * Objects do not know these holders, so a look at the JVM is silent where the recording is not. Only hangs are told: what a recording says
     * of time (growth, orders of locks) is for who asks the recording. The events are read while the program runs, those of one thread a little
     * before those of another: what is told must have stood for a second.
     */

    private static final Set<FindingKind> BY_HOLDERS = EnumSet.of(
            FindingKind.LOCK_CYCLE, FindingKind.SELF_DEADLOCK, FindingKind.LOST_SIGNAL, FindingKind.PERMIT_LEAK);
    private static final long LEAST_NANOS = 1_000_000_000;

    private RecordedFindings() {}

    /**
     * The hangs that only the recording shows.
     *
     * @param seen what was seen of the JVM itself: a kind that it tells is not told again
     * @return null if there are none, or nothing was recorded
     */
    static @Nullable Diagnosis beyond(Diagnosis seen) {
        Recording recording = seen.before();
        if (recording == null) {
            return null;
        }
        Set<FindingKind> told = seen.findings().stream().map(Finding::kind).collect(Collectors.toSet());
        History history = History.of(recording);
        List<Finding> more = Analysis.of(history).stream()
                .filter(finding -> BY_HOLDERS.contains(finding.kind()) && !told.contains(finding.kind()))
                .filter(finding -> finding.confidence() != Confidence.HINT)
                .filter(finding -> finding.tasks().stream().allMatch(task -> hasStood(recording, task)))
                .toList();
        return more.isEmpty() ? null : new Diagnosis(history, more);
    }

    private static boolean hasStood(Recording recording, long id) {
        TaskHistory task = recording.task(id);
        Await await = task == null ? null : task.awaitAt(recording.lengthNanos());
        return await != null && await.nanosUntil(recording.lengthNanos()) >= LEAST_NANOS;
    }
}
