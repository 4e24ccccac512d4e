package dev.asyncinspect.analysis;

import dev.asyncinspect.model.CodeSite;
import dev.asyncinspect.model.Recording;
import dev.asyncinspect.model.Segment;
import dev.asyncinspect.model.TaskHistory;
import dev.asyncinspect.model.TaskKind;
import dev.asyncinspect.model.TaskState;
import java.util.ArrayList;
import java.util.List;

/** {@code slow-pool}: tasks of one place spend most of their life waiting for a worker. */
final class SlowPools implements Question {

    /*
     * A batch is meant to wait in line, and nobody suffers. So this is a hint: whether the wait matters, the program knows. A
     * queue that grows is told as that. What is pending waits for its time or its source, and no worker could begin it.
     */

    private static final int FEWEST = 20;
    private static final long LONG_NANOS = 100_000_000;

    @Override
    public List<Finding> ask(Samples samples) {
        Recording recording = samples.recording();
        List<Finding> findings = new ArrayList<>();
        if (recording != null) {
            Recorded.bySite(recording).forEach((site, tasks) -> {
                List<TaskHistory> ended = tasks.stream()
                        .filter(task -> task.kind() == TaskKind.EXECUTOR_TASK || task.kind() == TaskKind.FUTURE_STAGE)
                        .filter(task -> task.state().isOver() && task.complete() && task.polls(task.endedNanos()) > 0)
                        .toList();
                if (ended.size() >= FEWEST) {
                    ask(samples, site, ended, findings);
                }
            });
        }
        return findings;
    }

    private static void ask(Samples samples, CodeSite site, List<TaskHistory> ended, List<Finding> findings) {
        long[] delays = ended.stream().mapToLong(SlowPools::delay).toArray();
        long life = ended.stream()
                .mapToLong(task -> task.endedNanos() - task.bornNanos())
                .sum();
        long waited = ended.stream().mapToLong(SlowPools::delay).sum();
        long median = Recorded.percentile(delays, 0.5);
        if (median >= LONG_NANOS && waited > life / 2) {
            findings.add(finding(samples, site, ended, delays, (int) Math.round(100.0 * waited / life)));
        }
    }

    /** All the times that it could have run and had no thread. */
    private static long delay(TaskHistory task) {
        long delay = 0;
        for (Segment segment : task.segments()) {
            if (segment.state() == TaskState.SCHEDULED) {
                delay += segment.nanos();
            }
        }
        return delay;
    }

    private static Finding finding(
            Samples samples, CodeSite site, List<TaskHistory> ended, long[] delays, int percent) {
        return new Finding(
                FindingKind.SLOW_POOL,
                Confidence.HINT,
                samples.basis(),
                "Tasks created at " + site + " spent " + percent + " % of their life waiting for a worker.",
                List.of(),
                false,
                Recorded.ids(ended),
                List.of(),
                List.of(),
                List.of(Evidence.observed("of " + ended.size() + " tasks half waited longer than "
                        + Recorded.time(Recorded.percentile(delays, 0.5)) + ", one in a hundred longer than "
                        + Recorded.time(Recorded.percentile(delays, 0.99)))),
                "it is a batch that is meant to wait in line",
                List.of(
                        "Give the pool more workers if its tasks mostly wait; make the tasks shorter if they compute.",
                        "Move slow work to a pool of its own, so that short work need not stand behind it."));
    }
}
