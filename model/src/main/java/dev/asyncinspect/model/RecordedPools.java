package dev.asyncinspect.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which pools are full at one moment of a recording, and with what. */
final class RecordedPools {

    /*
     * A pool is full if as many of its workers as it can have are at tasks of it. The events of one thread reach a file a little after those of
     * another: so they must have waited for a second, and the work lain in the queue as long. What lost events may have begun or ended
     * meanwhile, so nothing follows from it.
     *
     * A ForkJoinPool stands in for workers who wait in a way that tells it, with others, up to a number that no program reaches. It does not for
     * those who wait by FutureTask.get: as many of these as its parallelism, and no worker comes. More than that may be at
     * work, having come back from a join, and at a task that is not told to be of the pool, as forked ones are not: so no thread of any
     * such pool may run at all.
     */

    private static final long SETTLED_NANOS = 1_000_000_000;
    /** More than this is not told as a number. */
    private static final int MOST_WORKERS = 0xFFFE;

    /** A way to wait that a ForkJoinPool does not know of. */
    private static final String UNTOLD_WAIT = "java.util.concurrent.FutureTask.get";

    private static final String FORK_JOIN = "ForkJoin";

    private final Recording recording;
    private final long moment;
    private @Nullable Map<Long, List<TaskHistory>> busy;

    RecordedPools(Recording recording, long moment) {
        this.recording = recording;
        this.moment = moment;
    }

    /**
     * Those who have to go on, one of them, before what lies in the queue of a full pool is begun; null if it is not known to be full.
     *
     * @param task that lies there
     * @param link to its pool
     * @param work words for what the task does
     */
    @Nullable
    Fact<List<Hold>> queued(TaskHistory task, TaskLink link, String work) {
        ResourceHistory pool = recording.resource(link.otherId());
        List<TaskHistory> workers = busy().getOrDefault(link.otherId(), List.of());
        int capacity = pool == null ? 0 : pool.capacityAt(moment);
        if (pool == null || capacity == 0 || capacity > MOST_WORKERS || isDoubtful(task)) {
            return null;
        }
        boolean standsIn = link.label() != null;
        Set<Long> threads = new HashSet<>();
        for (TaskHistory worker : workers) {
            Await await = worker.awaitAt(moment);
            if (isDoubtful(worker) || (await != null && await.nanosUntil(moment) < SETTLED_NANOS)) {
                return null;
            }
            if (!standsIn || (await != null && isUntold(await))) {
                threads.add(thread(worker));
            }
        }
        if (threads.size() < capacity
                || moment - link.atNanos() < SETTLED_NANOS
                || (standsIn && anyForkJoinWorkerRuns())) {
            return null;
        }
        return Fact.inferred(
                workers.stream()
                        .map(worker -> RecordedFutures.hold(worker.id(), AccessMode.WILL_RUN))
                        .toList(),
                work + " was handed to a pool '" + pool.name() + "' that " + most(capacity, standsIn)
                        + ", and nobody has begun it; "
                        + (standsIn ? "whoever joins it from outside may run it; " : "") + RecordedFutures.BY_HAND);
    }

    private static String most(int capacity, boolean standsIn) {
        String workers = capacity + (capacity == 1 ? " worker" : " workers");
        return standsIn
                ? "makes no worker more when " + workers + " of it wait by FutureTask.get"
                : "has no more than " + workers;
    }

    private static boolean isUntold(Await await) {
        return await.site() != null && await.site().text().equals(UNTOLD_WAIT);
    }

    /** Whether the task runs, or waits in the middle of its work. */
    boolean isAtWork(TaskHistory task, Segment now) {
        return now.state() == TaskState.RUNNING || (now.state() == TaskState.BLOCKED && task.awaitAt(moment) != null);
    }

    /** The last link of that sort that was told by then. */
    @Nullable
    TaskLink last(TaskHistory task, TaskLink.How how) {
        TaskLink found = null;
        for (TaskLink link : task.links()) {
            found = link.how() == how && link.atNanos() <= moment ? link : found;
        }
        return found;
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

    private boolean anyForkJoinWorkerRuns() {
        Map<Long, TaskHistory> innermost = new HashMap<>();
        for (TaskHistory task : recording.tasks()) {
            Segment now = isThread(task) ? null : task.at(moment);
            if (now != null && isAtWork(task, now)) {
                innermost.merge(thread(task), task, (one, other) -> began(one) > began(other) ? one : other);
            }
        }
        for (TaskHistory thread : recording.tasks()) {
            if (isThread(thread) && isForkJoinWorker(thread)) {
                Segment now = innermost.getOrDefault(thread.id(), thread).at(moment);
                if (now != null && now.state() == TaskState.RUNNING) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isThread(TaskHistory task) {
        return task.kind() == TaskKind.PLATFORM_THREAD || task.kind() == TaskKind.VIRTUAL_THREAD;
    }

    /** By its class, or by the name that the JDK gives it. */
    private static boolean isForkJoinWorker(TaskHistory thread) {
        CodeSite made = thread.createdAt().orNull();
        String name = thread.name();
        return (made != null && made.text().contains(FORK_JOIN)) || (name != null && name.contains(FORK_JOIN));
    }

    private long thread(TaskHistory task) {
        Segment run = lastRun(task);
        return run == null ? 0 : run.threadId();
    }

    private long began(TaskHistory task) {
        Segment run = lastRun(task);
        return run == null ? 0 : run.fromNanos();
    }

    private @Nullable Segment lastRun(TaskHistory task) {
        Segment found = null;
        for (Segment segment : task.segments()) {
            found = segment.state() == TaskState.RUNNING && segment.fromNanos() <= moment ? segment : found;
        }
        return found;
    }

    private boolean isDoubtful(TaskHistory task) {
        return !task.complete() && !recording.isWhole();
    }
}
