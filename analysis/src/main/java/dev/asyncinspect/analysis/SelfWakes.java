package dev.asyncinspect.analysis;

import dev.asyncinspect.model.CodeSite;
import dev.asyncinspect.model.Recording;
import dev.asyncinspect.model.TaskHistory;
import dev.asyncinspect.model.TaskNumber;
import dev.asyncinspect.model.TaskState;
import dev.asyncinspect.model.Wake;
import java.util.ArrayList;
import java.util.List;

/** {@code self-wake}: a task that mostly makes itself runnable again, doing next to nothing each time. */
final class SelfWakes implements Question {

    /*
     * A computation that gives way between pieces of work wakes itself too, and is right to: its polls are long. What spins
     * has short ones. Where the code is the JDK's, nobody can change it: its threads that poll sockets for others give way by design.
     */

    private static final int FEWEST = 100;
    private static final long SHORT_NANOS = 1_000_000;

    @Override
    public List<Finding> ask(Samples samples) {
        Recording recording = samples.recording();
        if (recording == null) {
            return List.of();
        }
        List<Finding> findings = new ArrayList<>();
        Recorded.bySite(recording).forEach((site, tasks) -> {
            List<TaskHistory> spinning = tasks.stream()
                    .filter(task -> spins(task, recording.lengthNanos()))
                    .toList();
            if (!spinning.isEmpty() && !LongAwaits.isOfTheJdk(site)) {
                findings.add(finding(samples, site, spinning, recording.lengthNanos()));
            }
        });
        return findings;
    }

    private static boolean spins(TaskHistory task, long end) {
        int wakes = task.wakes().size();
        long polls = task.polls(end);
        return wakes >= FEWEST
                && polls > 0
                && selfWakes(task) * 2 > wakes
                && task.nanosIn(TaskState.RUNNING, end) / polls < SHORT_NANOS;
    }

    private static long selfWakes(TaskHistory task) {
        return task.wakes().stream().filter(Wake::self).count();
    }

    private static Finding finding(Samples samples, CodeSite site, List<TaskHistory> tasks, long end) {
        TaskHistory first = tasks.get(0);
        long polls = first.polls(end);
        return new Finding(
                FindingKind.SELF_WAKE,
                Confidence.HINT,
                samples.basis(),
                Words.count(tasks.size(), "task") + " created at " + site + " mostly "
                        + (tasks.size() == 1 ? "wakes itself" : "wake themselves")
                        + ": looking again and again instead of"
                        + " waiting to be told.",
                List.of(),
                false,
                Recorded.ids(tasks),
                List.of(),
                List.of(),
                List.of(Evidence.observed(selfWakes(first) + " of "
                        + first.wakes().size() + " wakes of Task " + TaskNumber.text(first.id())
                        + " were its own; a poll took "
                        + first.nanosIn(TaskState.RUNNING, end) / polls / 1000 + " µs on average")),
                "it gives way on purpose, and seldom enough",
                List.of(
                        "Wait for what it looks for: a condition, a future, a queue with take().",
                        "If it must look, let it sleep between two looks."));
    }
}
