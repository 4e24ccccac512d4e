package dev.asyncinspect.analysis;

import dev.asyncinspect.model.CodeSite;
import dev.asyncinspect.model.Recording;
import dev.asyncinspect.model.Segment;
import dev.asyncinspect.model.TaskHistory;
import dev.asyncinspect.model.TaskState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@code queue-growth}: work of one place is handed in faster than it is done, all the time. */
final class QueueGrowth implements Question {

    /*
     * A batch that is handed in at once makes a long queue too, but one that shrinks from then on. Growth is told only if work
     * was handed in and work was begun in every part of the recording, and the queue was longer after each. What is pending is in no
     * queue: a timeout waits for its time, a stage for its source.
     */

    private static final long SHORTEST_NANOS = 5_000_000_000L;
    private static final int LONG_QUEUE = 100;

    @Override
    public List<Finding> ask(Samples samples) {
        Recording recording = samples.recording();
        if (recording == null || !recording.isWhole() || recording.lengthNanos() < SHORTEST_NANOS) {
            return List.of();
        }
        List<Finding> findings = new ArrayList<>();
        long[] moments = Recorded.moments(recording);
        Recorded.bySite(recording).forEach((site, tasks) -> {
            long[] queued = Arrays.stream(moments)
                    .map(moment -> Recorded.count(tasks, task -> isQueued(task, moment)))
                    .toArray();
            long[] handedIn = Arrays.stream(moments)
                    .map(moment -> Recorded.count(tasks, task -> task.bornNanos() <= moment))
                    .toArray();
            long[] begun = Arrays.stream(moments)
                    .map(moment -> Recorded.count(tasks, task -> task.polls(moment) > 0))
                    .toArray();
            if (queued[queued.length - 1] >= LONG_QUEUE
                    && Recorded.grows(queued)
                    && Recorded.grows(handedIn)
                    && Recorded.grows(begun)) {
                findings.add(finding(samples, recording, site, tasks, queued));
            }
        });
        return findings;
    }

    /** Handed in and not begun. */
    private static boolean isQueued(TaskHistory task, long moment) {
        Segment segment = task.at(moment);
        return segment != null && segment.state() == TaskState.SCHEDULED && task.polls(moment) == 0;
    }

    private static Finding finding(
            Samples samples, Recording recording, CodeSite site, List<TaskHistory> tasks, long[] queued) {
        long end = recording.lengthNanos();
        double seconds = end / 1e9;
        List<TaskHistory> waiting =
                tasks.stream().filter(task -> isQueued(task, end)).toList();
        long begun = Recorded.count(tasks, task -> task.polls(end) > 0);
        return new Finding(
                FindingKind.QUEUE_GROWTH,
                Confidence.LIKELY,
                samples.basis(),
                "Work created at " + site + " is handed in faster than it is done: "
                        + Words.waits(waiting.size(), "task") + " to be begun, and more every second.",
                List.of(),
                false,
                Recorded.ids(waiting),
                List.of(),
                List.of(),
                List.of(
                        Evidence.observed(
                                "the queue grew in every eighth of the recording: " + Arrays.toString(queued)),
                        Evidence.observed(Words.count(Math.round(tasks.size() / seconds), "task")
                                + " a second were handed in, " + Math.round(begun / seconds) + " begun")),
                "the load ends before memory does",
                List.of(
                        "Bound the queue and let whoever hands in wait (ThreadPoolExecutor.CallerRunsPolicy, a semaphore).",
                        "Give the pool more workers if its tasks mostly wait, or make the tasks shorter."));
    }
}
