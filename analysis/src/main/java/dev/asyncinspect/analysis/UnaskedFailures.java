package dev.asyncinspect.analysis;

import dev.asyncinspect.model.CodeSite;
import dev.asyncinspect.model.Recording;
import dev.asyncinspect.model.ResourceHistory;
import dev.asyncinspect.model.ResourceKind;
import dev.asyncinspect.model.Segment;
import dev.asyncinspect.model.TaskHistory;
import dev.asyncinspect.model.TaskKind;
import dev.asyncinspect.model.TaskLink;
import dev.asyncinspect.model.TaskState;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code swallowed-failure}: a task failed, and nobody was seen to ask how it ended. */
final class UnaskedFailures implements Question {

    /*
     * A future keeps its failure until somebody asks. A recording sees who waits for a task or derives another from it, and who
     * asks a FutureTask that has failed. It does not see who asks others after the end, for that takes no time; so this is a hint and never more. Where the failure of one task of a
     * place was asked for, the program knows how to: others of that place ended before somebody came. What code of the JDK failed
     * belongs to a future that it handed out. A stage whose function ran and which fails as its source did was given the failure to look
     * at (whenComplete); one that hands it on unseen does not run. The failure of a thread, also of a worker by what it was to execute, is not swallowed: its handler prints it.
     */

    private static final Set<TaskKind> KEEP_FAILURES =
            EnumSet.of(TaskKind.EXECUTOR_TASK, TaskKind.FUTURE_STAGE, TaskKind.SCOPE_FORK);
    private static final Set<TaskLink.How> OBSERVING =
            EnumSet.of(TaskLink.How.AWAITS, TaskLink.How.DERIVED_FROM, TaskLink.How.DEPENDS_ON);
    private static final String WRAPPER = "java.util.concurrent.CompletionException: ";
    private static final long GRACE_NANOS = 1_000_000_000;

    @Override
    public List<Finding> ask(Samples samples) {
        Recording recording = samples.recording();
        if (recording == null || !recording.isWhole()) {
            return List.of();
        }
        Set<Long> observed = new HashSet<>();
        for (TaskHistory task : recording.tasks()) {
            for (TaskLink link : task.links()) {
                if (OBSERVING.contains(link.how())) {
                    observed.add(link.otherId());
                }
            }
        }
        for (ResourceHistory future : recording.resources()) {
            if (future.kind() == ResourceKind.FUTURE) {
                future.holdings()
                        .forEach(holding -> observed.add(holding.taskId())); // told from when somebody waits for it
            }
        }
        Map<List<Object>, List<TaskHistory>> alike = new LinkedHashMap<>();
        Set<CodeSite> asked = new HashSet<>();
        for (TaskHistory task : recording.tasks()) {
            CodeSite site = task.createdAt().orNull();
            String failure = task.failure();
            if (task.state() != TaskState.FAILED || site == null || failure == null) {
                continue;
            }
            if (observed.contains(task.id())) {
                asked.add(site);
            } else if (KEEP_FAILURES.contains(task.kind())
                    && !LongAwaits.isOfTheJdk(site)
                    && !sawItsSourceFail(recording, task)
                    && !wasThrownToItsThread(recording, task)
                    && recording.lengthNanos() - task.endedNanos() >= GRACE_NANOS) {
                alike.computeIfAbsent(List.of(site, failure), k -> new ArrayList<>())
                        .add(task);
            }
        }
        List<Finding> findings = new ArrayList<>();
        alike.forEach((key, tasks) -> {
            if (!asked.contains(key.get(0))) {
                findings.add(finding(samples, key.get(0), key.get(1), tasks));
            }
        });
        return findings;
    }

    private static boolean wasThrownToItsThread(Recording recording, TaskHistory task) {
        for (Segment segment : task.segments()) {
            TaskHistory thread = segment.state() == TaskState.RUNNING ? recording.task(segment.threadId()) : null;
            if (thread != null
                    && thread.state() == TaskState.FAILED
                    && Objects.equals(thread.failure(), task.failure())) {
                return true;
            }
        }
        return false;
    }

    private static boolean sawItsSourceFail(Recording recording, TaskHistory stage) {
        for (TaskLink link : stage.links()) {
            TaskHistory source = link.how() == TaskLink.How.DERIVED_FROM ? recording.task(link.otherId()) : null;
            if (source != null
                    && source.state() == TaskState.FAILED
                    && isHandedOn(source.failure(), stage.failure())
                    && stage.polls(recording.lengthNanos()) > 0) {
                return true;
            }
        }
        return false;
    }

    /** What work threw wrapped by itself is told of it as thrown, and of its stages without the wrapper. */
    private static boolean isHandedOn(@Nullable String thrown, @Nullable String handedOn) {
        return Objects.equals(thrown, handedOn) || (WRAPPER + handedOn).equals(thrown);
    }

    private static Finding finding(Samples samples, Object site, Object failure, List<TaskHistory> tasks) {
        return new Finding(
                FindingKind.SWALLOWED_FAILURE,
                Confidence.HINT,
                samples.basis(),
                Words.count(tasks.size(), "task") + " created at " + site + " failed with " + failure
                        + ", and nobody was seen to ask.",
                List.of(),
                false,
                Recorded.ids(tasks),
                List.of(),
                List.of(),
                List.of(
                        Evidence.observed(
                                "no task waited for " + (tasks.size() == 1 ? "it" : "them") + ", and none was derived"),
                        Evidence.observed("the first failed "
                                + Recorded.time(tasks.get(0).endedNanos()) + " into the recording")),
                "somebody asked for the result when it was there already, which is recorded of what failed in a FutureTask only",
                List.of(
                        "Ask for the result (get, join), or handle it where it arises: exceptionally, handle, whenComplete.",
                        "Use execute instead of submit for work whose result nobody wants: then a failure is printed."));
    }
}
