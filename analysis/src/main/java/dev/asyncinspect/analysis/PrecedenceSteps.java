package dev.asyncinspect.analysis;

import dev.asyncinspect.model.Await;
import dev.asyncinspect.model.Recording;
import dev.asyncinspect.model.ResourceHistory;
import dev.asyncinspect.model.ResourceKind;
import dev.asyncinspect.model.Segment;
import dev.asyncinspect.model.TaskHistory;
import dev.asyncinspect.model.TaskLink;
import dev.asyncinspect.model.TaskState;
import dev.asyncinspect.model.Wake;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Every recorded reason why something that a task does comes after something that another did. */
final class PrecedenceSteps {

    /*
     *   created      who creates a task was so far before it began
     *   derived      a stage runs when its source has ended; with "either" maybe not this source
     *   on a thread  what a worker ran is over before the worker is
     *   awaits       whoever waited for a thread, a task, a future or the end of a pool went on after that ended
     *   signalled    whoever waited at a latch or a condition went on after it was counted down or signalled
     *
     * What completes a future tells of its own end after that, when whoever waited may be on its way already. So a wait that ended says
     * that whatever the other did until then came before. It may have ended by a timeout: then we are silent about what two tasks could do.
     */

    /** From this moment of one task to that of another. */
    record Step(long fromNanos, long toId, long toNanos) {}

    private static final String EITHER = "either";
    private static final Set<ResourceKind> SIGNALLED = EnumSet.of(ResourceKind.LATCH, ResourceKind.CONDITION);
    private static final Set<ResourceKind> ENDED = EnumSet.of(ResourceKind.FUTURE, ResourceKind.THREAD_END);

    private final Recording recording;
    private final Map<Long, List<Step>> steps = new HashMap<>();
    /** The tasks whose end completes a future, or whose ends a resource stands for, by the resource. */
    private final Map<Long, List<TaskHistory>> enders = new HashMap<>();

    PrecedenceSteps(Recording recording) {
        this.recording = recording;
        for (TaskHistory task : recording.tasks()) {
            for (TaskLink link : task.links()) {
                if (link.how() == TaskLink.How.COMPLETES) {
                    enders.computeIfAbsent(link.otherId(), id -> new ArrayList<>())
                            .add(task);
                }
            }
        }
    }

    /** By the task from which they lead. */
    Map<Long, List<Step>> all() {
        for (TaskHistory task : recording.tasks()) {
            Long parent = task.parentId().orNull();
            if (parent != null) {
                add(parent, task.bornNanos(), task, task.bornNanos());
            }
            task.links().forEach(link -> link(task, link));
            Segment ran = Precedence.staysOnItsThread(task) ? task.lastRun() : null;
            if (ran != null && ran.threadId() != task.id()) {
                steps.computeIfAbsent(task.id(), id -> new ArrayList<>())
                        .add(new Step(ran.toNanos(), ran.threadId(), ran.toNanos()));
            }
            for (Await await : task.awaits()) {
                ResourceHistory resource =
                        await.resourceId() == 0 || await.isStill() ? null : recording.resource(await.resourceId());
                if (resource != null) {
                    waited(task, await, resource);
                }
            }
        }
        return steps;
    }

    private void link(TaskHistory task, TaskLink link) {
        TaskHistory other = recording.task(link.otherId());
        boolean comesAfter = link.how() == TaskLink.How.AWAITS
                || (link.how() == TaskLink.How.DERIVED_FROM && !EITHER.equals(link.label()));
        if (comesAfter && other != null && other.state().isOver()) {
            long ended = other.endedNanos();
            // What completes a stage runs its dependents itself, and ends after them.
            long from = link.how() == TaskLink.How.DERIVED_FROM ? Math.min(ended, firstRun(task)) : ended;
            add(other.id(), from, task, Math.max(link.atNanos(), from));
        }
    }

    private static long firstRun(TaskHistory task) {
        return task.segments().stream()
                .filter(segment -> segment.state() == TaskState.RUNNING)
                .mapToLong(Segment::fromNanos)
                .findFirst()
                .orElse(Await.STILL);
    }

    private void waited(TaskHistory task, Await await, ResourceHistory resource) {
        boolean ends = ENDED.contains(resource.kind());
        if (!ends && !SIGNALLED.contains(resource.kind())) {
            return;
        }
        for (Wake wake : task.wakes()) {
            if (wake.wakerId() != 0 && await.fromNanos() <= wake.atNanos() && wake.atNanos() <= await.toNanos()) {
                add(wake.wakerId(), wake.atNanos(), task, await.toNanos());
            }
        }
        if (ends) {
            resource.holdings().forEach(holding -> ended(recording.task(holding.taskId()), task, await));
            enders.getOrDefault(resource.id(), List.of()).forEach(ender -> ended(ender, task, await));
        } else {
            resource.signallers().stream()
                    .filter(signaller -> signaller.lastNanos() <= await.toNanos())
                    .forEach(signaller -> add(signaller.taskId(), signaller.lastNanos(), task, await.toNanos()));
        }
    }

    private void ended(@Nullable TaskHistory other, TaskHistory task, Await await) {
        if (other != null && other.state().isOver()) {
            add(other.id(), Math.min(other.endedNanos(), await.toNanos()), task, await.toNanos());
        }
    }

    private void add(long from, long fromNanos, TaskHistory to, long toNanos) {
        steps.computeIfAbsent(from, id -> new ArrayList<>()).add(new Step(fromNanos, to.id(), toNanos));
    }
}
