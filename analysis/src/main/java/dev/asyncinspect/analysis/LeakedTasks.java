package dev.asyncinspect.analysis;

import dev.asyncinspect.model.Await;
import dev.asyncinspect.model.CodeSite;
import dev.asyncinspect.model.Recording;
import dev.asyncinspect.model.ResourceHistory;
import dev.asyncinspect.model.ResourceKind;
import dev.asyncinspect.model.TaskHistory;
import dev.asyncinspect.model.TaskKind;
import dev.asyncinspect.model.TaskState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code leaked-task}: more and more tasks of one place that never end, or forks that outlive what forked them. */
final class LeakedTasks implements Question {

    /*
     * A pool that is being filled grows as well, for a while. A leak grows through the whole recording, and next to nothing of
     * it ends. Tasks that were never polled are no leak but a queue. Users who come one after the other and stay look alike: their tasks
     * are served now and then, or sleep between two looks. So a leak is likely only if most of what lives is stuck, in one wait
     * without a timeout for the better part of its life, and the program's own code made it: idle workers of a pool wait as well.
     * Whoever waits for a socket or for work in a queue is idle: what is to come comes from others, and a connection that is kept
     * alive looks like one that was forgotten.
     */

    private static final long SHORTEST_NANOS = 5_000_000_000L;
    private static final int FEWEST = 100;
    private static final int ENDED_PART = 10;
    private static final long GRACE_NANOS = 1_000_000_000;
    private static final long STUCK_NANOS = 1_000_000_000;
    private static final Set<ResourceKind> IDLE_AT =
            EnumSet.of(ResourceKind.IO, ResourceKind.QUEUE, ResourceKind.CONDITION);
    private static final List<String> IDLE_IN =
            List.of("java.net.", "java.nio.", "java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject");

    @Override
    public List<Finding> ask(Samples samples) {
        Recording recording = samples.recording();
        if (recording == null || !recording.isWhole()) {
            return List.of();
        }
        List<Finding> findings = new ArrayList<>();
        if (recording.lengthNanos() >= SHORTEST_NANOS) {
            Recorded.bySite(recording).forEach((site, tasks) -> {
                long[] living = Arrays.stream(Recorded.moments(recording))
                        .map(moment -> Recorded.count(tasks, task -> hangsAround(task, moment)))
                        .toArray();
                long ended = Recorded.count(tasks, task -> task.state().isOver());
                boolean many = living[living.length - 1] >= FEWEST;
                if (many && Recorded.grows(living) && ended * ENDED_PART <= tasks.size()) {
                    findings.add(growing(samples, recording, site, tasks, living));
                }
            });
        }
        orphans(recording).forEach((site, forks) -> findings.add(outliving(samples, site, forks)));
        return findings;
    }

    private static boolean hangsAround(TaskHistory task, long moment) {
        return task.livesAt(moment) && task.polls(moment) > 0;
    }

    private static Finding growing(
            Samples samples, Recording recording, CodeSite site, List<TaskHistory> tasks, long[] living) {
        List<TaskHistory> still = tasks.stream()
                .filter(task -> hangsAround(task, recording.lengthNanos()))
                .toList();
        long blocked = Recorded.count(still, task -> task.state() == TaskState.BLOCKED);
        long ended = Recorded.count(tasks, task -> task.state().isOver());
        long stuck = Recorded.count(still, task -> isStuck(recording, task));
        boolean likely = stuck * 2 > still.size() && !LongAwaits.isOfTheJdk(site);
        return new Finding(
                FindingKind.LEAKED_TASK,
                likely ? Confidence.LIKELY : Confidence.HINT,
                samples.basis(),
                "Tasks created at " + site + " pile up: " + living[0] + " lived after an eighth of the recording, "
                        + living[living.length - 1] + " at its end.",
                List.of(),
                false,
                Recorded.ids(still),
                List.of(),
                List.of(),
                List.of(
                        Evidence.observed(
                                "there were more in every eighth of the recording: " + Arrays.toString(living)),
                        Evidence.observed(ended + " of " + tasks.size() + " have ended, " + blocked + " of those that"
                                + " live wait for something"),
                        Evidence.observed(
                                stuck + " of those have been in one wait, without a timeout, for more than half"
                                        + " of their life; waits for a socket or a queue not counted")),
                likely
                        ? "the load was still growing, and they end later"
                        : "the load was still growing, and they are in use until they end",
                List.of(
                        LongAwaits.isOfTheJdk(site)
                                ? "Record with --sites: that tells the line which starts them. A pool for each request must be shut down with it."
                                : "Look at what they wait for (async-inspect task), and give that wait a timeout.",
                        "Tie them to what they work for: close the scope, cancel the future, shut the executor down."));
    }

    private static boolean isStuck(Recording recording, TaskHistory task) {
        long end = recording.lengthNanos();
        Await await = task.state() == TaskState.BLOCKED ? task.awaitAt(end) : null;
        long life = end - task.bornNanos();
        return await != null
                && !await.timed()
                && await.nanosUntil(end) > Math.max(STUCK_NANOS, life / 2)
                && !isIdle(recording, await);
    }

    private static boolean isIdle(Recording recording, Await await) {
        ResourceHistory resource = recording.resource(await.resourceId());
        CodeSite site = await.site();
        return (resource != null && IDLE_AT.contains(resource.kind()))
                || (site != null && IDLE_IN.stream().anyMatch(site.text()::startsWith));
    }

    private static Map<CodeSite, List<TaskHistory>> orphans(Recording recording) {
        Map<CodeSite, List<TaskHistory>> found = new LinkedHashMap<>();
        for (TaskHistory fork : recording.tasks()) {
            Long parentId = fork.parentId().orNull();
            CodeSite site = fork.createdAt().orNull();
            TaskHistory parent = parentId == null ? null : recording.task(parentId);
            if (fork.kind() == TaskKind.SCOPE_FORK
                    && site != null
                    && parent != null
                    && parent.state().isOver()
                    && !fork.state().isOver()
                    && recording.lengthNanos() - parent.endedNanos() >= GRACE_NANOS) {
                found.computeIfAbsent(site, s -> new ArrayList<>()).add(fork);
            }
        }
        return found;
    }

    private static Finding outliving(Samples samples, CodeSite site, List<TaskHistory> forks) {
        return new Finding(
                FindingKind.LEAKED_TASK,
                Confidence.LIKELY,
                samples.basis(),
                Words.count(forks.size(), "fork") + " created at " + site + " outlived the task that forked "
                        + (forks.size() == 1 ? "it." : "them."),
                List.of(),
                false,
                Recorded.ids(forks),
                List.of(),
                List.of(),
                List.of(Evidence.observed("the parent ended more than " + Recorded.time(GRACE_NANOS)
                        + " before the recording did, and the fork has not")),
                "it ends by itself soon",
                List.of("Join the scope before it is left: open it in try-with-resources and call join()."));
    }
}
