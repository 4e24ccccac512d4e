package dev.asyncinspect.model;

import java.util.HashSet;
import java.util.List;
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
     *   lies in the queue of a pool         any of its workers, if it is full: see RecordedPools
     *
     * A stage that needs only one of several sources is followed no further.
     */

    private static final int FARTHEST = 1_000;
    static final String BY_HAND = "somebody may cancel or complete it by hand";

    private final Recording recording;
    private final long moment;
    private final RecordedPools pools;

    RecordedFutures(Recording recording, long moment) {
        this.recording = recording;
        this.moment = moment;
        this.pools = new RecordedPools(recording, moment);
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
        if (pools.isAtWork(task, now)) {
            return itself(
                    workId,
                    passed.size() == 1
                            ? "its work is that task; "
                            : "it is a stage that depends on the work of that task; ");
        }
        if (task.polls(moment) > 0) {
            TaskLink returned = pools.last(task, TaskLink.How.AWAITS);
            return returned == null ? null : follow(returned.otherId(), passed);
        }
        TaskLink pool = pools.last(task, TaskLink.How.RUN_BY);
        if (pool != null) {
            return pools.queued(task, pool, passed.size() == 1 ? "its work" : "the work that it hangs on");
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

    private static Fact<List<Hold>> itself(long workId, String why) {
        return Fact.inferred(List.of(hold(workId, AccessMode.RUNS)), why + BY_HAND);
    }

    static Hold hold(long taskId, AccessMode mode) {
        return new Hold(taskId, mode, Fact.unknown("it took nothing"));
    }
}
