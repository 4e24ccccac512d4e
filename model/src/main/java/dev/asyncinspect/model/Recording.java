package dev.asyncinspect.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened in a JVM from one moment to another: the life of every task. Moments are nanoseconds from the beginning.
 *
 * @param source where it comes from
 * @param beganAt when it began, null if the recording holds no time of day
 * @param lengthNanos from the first event to the last
 * @param events how many events it holds
 * @param tasks sorted by id
 * @param resources sorted by id
 * @param lockOrders in which order tasks took locks
 * @param contextHops logging contexts that tasks lost, or had from others
 * @param completeness what is missing
 */
public record Recording(
        Source source,
        @Nullable Instant beganAt,
        long lengthNanos,
        long events,
        List<TaskHistory> tasks,
        List<ResourceHistory> resources,
        List<LockOrder> lockOrders,
        List<ContextHop> contextHops,
        Completeness completeness) {

    public Recording {
        tasks = tasks.stream().sorted(Comparator.comparingLong(TaskHistory::id)).toList();
        resources = resources.stream()
                .sorted(Comparator.comparingLong(ResourceHistory::id))
                .toList();
        lockOrders = List.copyOf(lockOrders);
        contextHops = List.copyOf(contextHops);
    }

    /** The task of this id, null if there is none. */
    public @Nullable TaskHistory task(long id) {
        int index = Snapshot.indexOf(tasks, TaskHistory::id, id);
        return index < 0 ? null : tasks.get(index);
    }

    /**
     * The task of a pool that a thread ran when the recording ended; of several, one inside another, the innermost. Null if it ran
     * none, or if events are missing of whose sort the end of the task may be.
     */
    public @Nullable TaskHistory workOn(long threadId) {
        TaskHistory found = null;
        long latest = Long.MIN_VALUE;
        for (TaskHistory task : tasks) {
            boolean candidate = staysOnItsThread(task.kind())
                    && task.complete()
                    && !task.state().isOver();
            Segment ran = candidate ? task.lastRun() : null;
            if (ran != null && ran.threadId() == threadId && ran.fromNanos() >= latest) {
                found = task;
                latest = ran.fromNanos();
            }
        }
        return found;
    }

    /** Coroutines and the like are resumed on any thread: where they ran last says nothing of what that thread does now. */
    private static boolean staysOnItsThread(TaskKind kind) {
        return kind == TaskKind.EXECUTOR_TASK || kind == TaskKind.FUTURE_STAGE;
    }

    /** The resource of this id, null if nothing was recorded of it. */
    public @Nullable ResourceHistory resource(long id) {
        int index = Snapshot.indexOf(resources, ResourceHistory::id, id);
        return index < 0 ? null : resources.get(index);
    }

    /** The time of day of a moment, null if the recording holds none. */
    public @Nullable Instant timeOf(long nanos) {
        return beganAt == null ? null : beganAt.plusNanos(nanos);
    }

    /** Whether nothing is known to be missing, and nothing was left out. */
    public boolean isWhole() {
        return completeness.droppedEvents() == 0 && !completeness.truncated() && !leavesOut();
    }

    /** Whether tasks, or acts of waiting, were left out because that was wished. */
    public boolean leavesOut() {
        return completeness.gaps().stream().anyMatch(Gap::isWished);
    }

    /** What it looked like at its end. */
    public Snapshot end() {
        return Replay.at(this, lengthNanos);
    }

    /** What it looked like so long after its beginning. */
    public Snapshot at(Duration sinceBegin) {
        return Replay.at(this, sinceBegin.toNanos());
    }
}
