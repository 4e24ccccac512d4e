package dev.asyncinspect.analysis;

import dev.asyncinspect.model.Await;
import dev.asyncinspect.model.Holding;
import dev.asyncinspect.model.Recording;
import dev.asyncinspect.model.ResourceHistory;
import dev.asyncinspect.model.ResourceKind;
import dev.asyncinspect.model.TaskHistory;
import dev.asyncinspect.model.TaskState;
import java.util.ArrayList;
import java.util.List;

/** {@code permit-leak}, from a recording: all permits of a semaphore were taken by tasks that have ended, and others wait. */
final class KeptPermits implements Question {

    /*
     * A program may take permits in one task and have a callback give them back. Once that happened the holders are no longer
     * exact, and nothing is told. Before it happened for the first time it cannot be told from a leak; so it counts as likely only if
     * permits of that semaphore were given back by those who had taken them.
     */

    private static final long LEAST_NANOS = 1_000_000_000;

    @Override
    public List<Finding> ask(Samples samples) {
        Recording recording = samples.recording();
        List<Finding> findings = new ArrayList<>();
        if (recording != null && recording.isWhole()) {
            for (ResourceHistory semaphore : recording.resources()) {
                List<TaskHistory> keepers = keepers(recording, semaphore);
                List<TaskHistory> waiting = keepers.isEmpty() ? List.of() : waiting(recording, semaphore);
                if (!waiting.isEmpty()) {
                    findings.add(finding(samples, semaphore, keepers, waiting));
                }
            }
        }
        return findings;
    }

    /** Who took all the permits there are, if all of them are over; empty otherwise. */
    private static List<TaskHistory> keepers(Recording recording, ResourceHistory semaphore) {
        if (semaphore.kind() != ResourceKind.SEMAPHORE || semaphore.capacity() <= 0 || !semaphore.exact()) {
            return List.of();
        }
        List<Holding> held = semaphore.heldAt(recording.lengthNanos());
        List<TaskHistory> keepers = new ArrayList<>();
        for (Holding holding : held) {
            TaskHistory task = recording.task(holding.taskId());
            if (task == null || !task.state().isOver() || !task.complete()) {
                return List.of();
            }
            keepers.add(task);
        }
        long permits = held.stream().mapToLong(Holding::permits).sum();
        return permits >= semaphore.capacity() ? keepers : List.of();
    }

    private static List<TaskHistory> waiting(Recording recording, ResourceHistory semaphore) {
        long end = recording.lengthNanos();
        return recording.tasks().stream()
                .filter(task -> task.state() == TaskState.BLOCKED)
                .filter(task -> {
                    Await await = task.awaitAt(end);
                    return await != null
                            && !await.timed()
                            && await.resourceId() == semaphore.id()
                            && await.nanosUntil(end) >= LEAST_NANOS;
                })
                .toList();
    }

    private static Finding finding(
            Samples samples, ResourceHistory semaphore, List<TaskHistory> keepers, List<TaskHistory> waiting) {
        boolean isUsuallyGivenBack = semaphore.signals() > 0;
        TaskHistory keeper = keepers.get(0);
        return new Finding(
                FindingKind.PERMIT_LEAK,
                isUsuallyGivenBack ? Confidence.LIKELY : Confidence.HINT,
                samples.basis(),
                Words.count(waiting.size(), "task") + (waiting.size() == 1 ? " waits" : " wait")
                        + " for a permit of a semaphore whose "
                        + (semaphore.capacity() == 1
                                ? "only permit was taken by "
                                : semaphore.capacity() + " permits were all taken by ")
                        + (keepers.size() == 1 ? keeper.label() + ", which has" : "tasks that have") + " ended.",
                waiting.stream()
                        .map(task -> new Link(task.id(), semaphore.id(), null, List.of()))
                        .toList(),
                false,
                Recorded.ids(waiting),
                List.of(),
                List.of(semaphore.id()),
                List.of(
                        Evidence.observed(Words.firstOf(
                                        keepers.stream().map(TaskHistory::label).toList(), 3)
                                + " took " + (semaphore.capacity() == 1 ? "it" : "them")
                                + " and ended without giving back"),
                        Evidence.observed(
                                isUsuallyGivenBack
                                        ? "before, permits were given back " + Words.count(semaphore.signals(), "time")
                                                + ", always by the task that had taken them"
                                        : "no permit was ever given back")),
                "a callback gives back what the ended tasks took",
                List.of(
                        "Release in a finally block right after acquire(), in the same method: look at "
                                + Recorded.place(keeper.createdAt().orNull()) + " first.",
                        "Give the wait a timeout (tryAcquire with a time)."));
    }
}
