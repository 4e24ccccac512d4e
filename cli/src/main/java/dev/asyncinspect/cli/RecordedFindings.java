package dev.asyncinspect.cli;

import dev.asyncinspect.analysis.Analysis;
import dev.asyncinspect.analysis.Confidence;
import dev.asyncinspect.analysis.Finding;
import dev.asyncinspect.analysis.FindingKind;
import dev.asyncinspect.model.Await;
import dev.asyncinspect.model.History;
import dev.asyncinspect.model.Recording;
import dev.asyncinspect.model.Segment;
import dev.asyncinspect.model.TaskHistory;
import dev.asyncinspect.model.TaskState;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a JVM that records can say beyond what its objects show: who took permits, who counted down, and what time has shown. */
final class RecordedFindings {

    /*
     * Objects do not know these holders, so a look at the JVM is silent where the recording is not. The events are read while the program
     * runs, those of one thread a little before those of another: a hang that is told must have stood for a second. What a recording says of
     * time (growth, orders of locks, pinned waits) no look at a moment can say; it rests on many events or on much time by itself. Who
     * stands in a finding already is not told again as slow.
     */

    private static final Set<FindingKind> BY_HOLDERS = EnumSet.of(
            FindingKind.LOCK_CYCLE,
            FindingKind.FUTURE_CYCLE,
            FindingKind.SELF_DEADLOCK,
            FindingKind.LOST_SIGNAL,
            FindingKind.PERMIT_LEAK);
    private static final Set<FindingKind> OF_TIME = EnumSet.of(
            FindingKind.LOCK_ORDER_INVERSION,
            FindingKind.LEAKED_TASK,
            FindingKind.QUEUE_GROWTH,
            FindingKind.LONG_AWAIT,
            FindingKind.SLOW_POOL,
            FindingKind.SELF_WAKE,
            FindingKind.SWALLOWED_FAILURE,
            FindingKind.CPU_BOUND_TASK,
            FindingKind.PINNED_CARRIER,
            FindingKind.BLOCKING_CALL,
            FindingKind.CONTEXT_STALE,
            FindingKind.CONTEXT_LOST);
    private static final long LEAST_NANOS = 1_000_000_000;

    private RecordedFindings() {}

    /**
     * What only the recording shows.
     *
     * @param seen what was seen of the JVM itself: a kind that it tells is not told again, other than of other threads
     * @return null if there are none, or nothing was recorded
     */
    static @Nullable Diagnosis beyond(Diagnosis seen) {
        Recording recording = seen.before();
        if (recording == null) {
            return null;
        }
        Set<FindingKind> told = seen.findings().stream().map(Finding::kind).collect(Collectors.toSet());
        Set<Long> inOne = seen.findings().stream()
                .flatMap(finding -> Stream.concat(finding.tasks().stream(), finding.victims().stream()))
                .collect(Collectors.toSet());
        History history = History.of(recording);
        List<Finding> more = Analysis.of(history).stream()
                .filter(finding -> !told.contains(finding.kind()) || isOfOthers(recording, finding, inOne))
                .filter(finding -> isHang(recording, finding)
                        || (OF_TIME.contains(finding.kind()) && !inOne.containsAll(finding.tasks())))
                .toList();
        return more.isEmpty() ? null : new Diagnosis(history, more);
    }

    /** A look at the JVM and its recording number tasks differently, but threads alike: whose thread is not known may be among those. */
    private static boolean isOfOthers(Recording recording, Finding finding, Set<Long> inOne) {
        return BY_HOLDERS.contains(finding.kind())
                && finding.tasks().stream()
                        .map(task -> thread(recording.task(task)))
                        .noneMatch(thread -> thread == 0 || inOne.contains(thread));
    }

    /** The thread that runs this task, or ran it last; 0 if none did. */
    private static long thread(@Nullable TaskHistory task) {
        long thread = 0;
        for (Segment segment : task == null ? List.<Segment>of() : task.segments()) {
            thread = segment.state() == TaskState.RUNNING ? segment.threadId() : thread;
        }
        return thread;
    }

    private static boolean isHang(Recording recording, Finding finding) {
        return BY_HOLDERS.contains(finding.kind())
                && finding.confidence() != Confidence.HINT
                && finding.tasks().stream().allMatch(task -> hasStood(recording, task));
    }

    private static boolean hasStood(Recording recording, long id) {
        TaskHistory task = recording.task(id);
        Await await = task == null ? null : task.awaitAt(recording.lengthNanos());
        return await != null && await.nanosUntil(recording.lengthNanos()) >= LEAST_NANOS;
    }
}
