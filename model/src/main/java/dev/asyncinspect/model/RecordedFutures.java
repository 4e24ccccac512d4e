package dev.asyncinspect.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who has to go on before a future is complete, at one moment of a recording. */
final class RecordedFutures {

    /*
     * A future is held by the task that is its work. Where that stands says who has to go on:
     *
     *   runs, or waits for something        itself
     *   a stage that waits for its source   whoever has to go on before the source is complete; of several sources, the first of which that is known
     *   a stage whose function has returned a stage, not complete     the same of that stage
     *   lies in the queue of a pool         any of its workers, if all are known: as many as it can have are at other tasks of it
     *
     * A stage that needs only one of several sources is followed no further. The events of one thread reach a file a little after those of
     * another: a pool is taken for full only if its workers have waited for a second, and the work lain there as long. What
     * lost events may have begun or ended meanwhile, so nothing follows from it.
     */

    private static final long SETTLED_NANOS = 1_000_000_000;
    /** More than this is not told as a number. */
    private static final int MOST_WORKERS = 0xFFFE;

    private static final int FARTHEST = 1_000;
    private static final String BY_HAND = "somebody may cancel or complete it by hand";

    private final Recording recording;
    private final long moment;
    private @Nullable Map<Long, List<TaskHistory>> busy;

    RecordedFutures(Recording recording, long moment) {
        this.recording = recording;
        this.moment = moment;
    }

    /** Those who have to go on, one of them, before this work is done. */
    Fact<List<Hold>> completers(long workId) {
        Fact<List<Hold>> found = follow(workId, new HashSet<>());
        return found == null ? itself(workId, "its work is that task; ") : found;
    }

    private @Nullable Fact<List<Hold>> follow(long workId, Set<Long> passed) {
        TaskHistory task = passed.size() < FARTHEST && passed.add(workId) ? recording.task(workId) : null;
        Segment now = task == null || !task.livesAt(moment) ? null : task.at(moment);
        if (task == null || now == null) {
            return null;
        }
        if (isAtWork(task, now)) {
            return itself(
                    workId,
                    passed.size() == 1
                            ? "its work is that task; "
                            : "it is a stage that depends on the work of that task; ");
        }
        if (task.polls(moment) > 0) {
            TaskLink returned = last(task, TaskLink.How.AWAITS);
            return returned == null ? null : follow(returned.otherId(), passed);
        }
        TaskLink pool = last(task, TaskLink.How.RUN_BY);
        if (pool != null) {
            return queued(task, pool, passed.size() == 1 ? "its work" : "the work that it hangs on");
        }
        if (now.state() == TaskState.PENDING) {
            for (TaskLink link : task.links()) {
                boolean needed = link.how() == TaskLink.How.DERIVED_FROM && link.label() == null;
                Fact<List<Hold>> found = needed && link.atNanos() <= moment ? follow(link.otherId(), passed) : null;
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private boolean isAtWork(TaskHistory task, Segment now) {
        return now.state() == TaskState.RUNNING || (now.state() == TaskState.BLOCKED && task.awaitAt(moment) != null);
    }

    private @Nullable TaskLink last(TaskHistory task, TaskLink.How how) {
        TaskLink found = null;
        for (TaskLink link : task.links()) {
            found = link.how() == how && link.atNanos() <= moment ? link : found;
        }
        return found;
    }

    private @Nullable Fact<List<Hold>> queued(TaskHistory task, TaskLink link, String work) {
        ResourceHistory pool = recording.resource(link.otherId());
        List<TaskHistory> workers = busy().getOrDefault(link.otherId(), List.of());
        if (pool == null || pool.capacity() == 0 || pool.capacity() > MOST_WORKERS || isDoubtful(task)) {
            return null;
        }
        Set<Long> threads = new HashSet<>();
        for (TaskHistory worker : workers) {
            Await await = worker.awaitAt(moment);
            if (isDoubtful(worker) || (await != null && await.nanosUntil(moment) < SETTLED_NANOS)) {
                return null;
            }
            threads.add(thread(worker));
        }
        if (threads.size() < pool.capacity() || moment - link.atNanos() < SETTLED_NANOS) {
            return null;
        }
        return Fact.inferred(
                workers.stream()
                        .map(worker -> hold(worker.id(), AccessMode.WILL_RUN))
                        .toList(),
                work + " was handed to a pool '" + pool.name() + "' that has no more than " + pool.capacity()
                        + (pool.capacity() == 1 ? " worker" : " workers") + ", and nobody has begun it; " + BY_HAND);
    }

    /** The tasks that workers of each pool are at. */
    private Map<Long, List<TaskHistory>> busy() {
        if (busy == null) {
            busy = new HashMap<>();
            for (TaskHistory task : recording.tasks()) {
                TaskLink pool =
                        task.links().isEmpty() || !task.livesAt(moment) ? null : last(task, TaskLink.How.RUN_BY);
                if (pool != null && isAtWork(task, Objects.requireNonNull(task.at(moment)))) {
                    busy.computeIfAbsent(pool.otherId(), id -> new ArrayList<>())
                            .add(task);
                }
            }
        }
        return busy;
    }

    private long thread(TaskHistory task) {
        long thread = 0;
        for (Segment segment : task.segments()) {
            if (segment.state() == TaskState.RUNNING && segment.fromNanos() <= moment) {
                thread = segment.threadId();
            }
        }
        return thread;
    }

    private boolean isDoubtful(TaskHistory task) {
        return !task.complete() && !recording.isWhole();
    }

    private static Fact<List<Hold>> itself(long workId, String why) {
        return Fact.inferred(List.of(hold(workId, AccessMode.RUNS)), why + BY_HAND);
    }

    private static Hold hold(long taskId, AccessMode mode) {
        return new Hold(taskId, mode, Fact.unknown("it took nothing"));
    }
}
