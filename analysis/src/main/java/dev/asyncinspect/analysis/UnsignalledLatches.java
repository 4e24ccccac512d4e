package dev.asyncinspect.analysis;

import dev.asyncinspect.model.Await;
import dev.asyncinspect.model.CodeSite;
import dev.asyncinspect.model.Recording;
import dev.asyncinspect.model.ResourceHistory;
import dev.asyncinspect.model.ResourceKind;
import dev.asyncinspect.model.Signaller;
import dev.asyncinspect.model.TaskHistory;
import dev.asyncinspect.model.TaskState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** {@code lost-signal}, from a recording: a latch that some tasks of a team counted down, while others of it ended without. */
final class UnsignalledLatches implements Question {

    /*
     * That nobody has signalled says nothing: a main thread waits for its end at a latch that nobody touches for days. So what is told needs a
     * team: tasks that the waiting one created at one place since it waited for a latch before. Some of them counted down, and
     * nobody else did; all are over; one at least ended without. One that still lives may yet do it.
     *
     *   waits ──► latch ◄── counted down ── #T1, #T2      created by the waiting task at Shop.load, over
     *                                        #T3          likewise, over, and never counted down
     */

    private static final long LEAST_NANOS = 1_000_000_000;

    @Override
    public List<Finding> ask(Samples samples) {
        Recording recording = samples.recording();
        List<Finding> findings = new ArrayList<>();
        if (recording != null && recording.isWhole()) {
            for (TaskHistory task : recording.tasks()) {
                Await await = task.state() == TaskState.BLOCKED ? task.awaitAt(recording.lengthNanos()) : null;
                ResourceHistory latch = await == null || await.timed() ? null : latch(recording, await);
                if (await != null && latch != null && await.nanosUntil(recording.lengthNanos()) >= LEAST_NANOS) {
                    List<TaskHistory> team = team(recording, task, await, latch);
                    List<TaskHistory> silent = withoutASignal(team, latch);
                    if (!silent.isEmpty()) {
                        findings.add(finding(samples, task, latch, team, silent));
                    }
                }
            }
        }
        return findings;
    }

    private static @Nullable ResourceHistory latch(Recording recording, Await await) {
        ResourceHistory resource = recording.resource(await.resourceId());
        return resource != null
                        && resource.kind() == ResourceKind.LATCH
                        && "CountDownLatch".equals(resource.name())
                        && resource.hasAllSignallers()
                ? resource
                : null;
    }

    /** The tasks that were to count down, all over; empty if that is not known, or one of them lives. */
    private static List<TaskHistory> team(
            Recording recording, TaskHistory waiting, Await await, ResourceHistory latch) {
        Set<CodeSite> places = new HashSet<>();
        for (Signaller signaller : latch.signallers()) {
            TaskHistory task = recording.task(signaller.taskId());
            CodeSite place = task == null ? null : task.createdAt().orNull();
            if (task == null || place == null || LongAwaits.isOfTheJdk(place) || !isBy(waiting, task)) {
                return List.of();
            }
            places.add(place);
        }
        long since = lastLatchBefore(recording, waiting, await);
        List<TaskHistory> team = recording.tasks().stream()
                .filter(task -> isBy(waiting, task) && task.bornNanos() >= since)
                .filter(task -> places.contains(task.createdAt().orNull()))
                .toList();
        return team.stream().allMatch(task -> task.state().isOver() && task.complete()) ? team : List.of();
    }

    private static boolean isBy(TaskHistory creator, TaskHistory task) {
        Long parent = task.parentId().orNull();
        return parent != null && parent == creator.id();
    }

    private static long lastLatchBefore(Recording recording, TaskHistory task, Await now) {
        long since = Long.MIN_VALUE;
        for (Await await : task.awaits()) {
            ResourceHistory resource = recording.resource(await.resourceId());
            if (resource != null && resource.kind() == ResourceKind.LATCH && await.fromNanos() < now.fromNanos()) {
                since = Math.max(since, await.toNanos());
            }
        }
        return since;
    }

    private static List<TaskHistory> withoutASignal(List<TaskHistory> team, ResourceHistory latch) {
        Set<Long> signallers = new TreeSet<>();
        latch.signallers().forEach(signaller -> signallers.add(signaller.taskId()));
        return signallers.isEmpty()
                ? List.of()
                : team.stream().filter(task -> !signallers.contains(task.id())).toList();
    }

    private static Finding finding(
            Samples samples,
            TaskHistory waiting,
            ResourceHistory latch,
            List<TaskHistory> team,
            List<TaskHistory> silent) {
        int signalled = team.size() - silent.size();
        TaskHistory first = silent.get(0);
        String failure = first.failure();
        String end = first.label() + (failure == null ? " ended" : " failed with " + failure);
        return new Finding(
                FindingKind.LOST_SIGNAL,
                Confidence.LIKELY,
                samples.basis(),
                waiting.label() + " waits for a latch that " + signalled + " of the " + team.size()
                        + " tasks it created at "
                        + Recorded.place(first.createdAt().orNull())
                        + " counted down; " + (silent.size() == 1 ? "the other has" : "the others have")
                        + " ended without.",
                List.of(new Link(waiting.id(), latch.id(), null, List.of())),
                false,
                List.of(waiting.id()),
                List.of(),
                List.of(latch.id()),
                List.of(
                        Evidence.observed(end + ", and never counted the latch down"),
                        Evidence.observed("all tasks that ever counted it down are over, the last of them did so "
                                + Recorded.time(latch.signallers()
                                        .get(latch.signallers().size() - 1)
                                        .lastNanos())
                                + " into the recording"),
                        Evidence.observed("the wait has no timeout")),
                "a task of another origin still counts it down",
                List.of(
                        "Count down in a finally block, first of all in " + first.label() + ".",
                        "Give the wait a timeout and say in the failure what was missing."));
    }
}
