package dev.asyncinspect.analysis;

import dev.asyncinspect.model.AwaitSite;
import dev.asyncinspect.model.History;
import dev.asyncinspect.model.Recording;
import dev.asyncinspect.model.Resource;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Source;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.TaskKind;
import dev.asyncinspect.model.ThreadAttributes;
import dev.asyncinspect.model.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A history with the questions that every finding asks of it: has this task moved, how long did we look. */
final class Samples {

    /** A thread that used less than this between two samples did nothing but be looked at. */
    private static final long NO_PROGRESS_NANOS = 50_000;

    private final List<Snapshot> snapshots;
    private final @Nullable Recording recording;
    private @Nullable List<StandingDeadlock> deadlocks;

    Samples(History history) {
        this.snapshots = history.snapshots();
        this.recording = history.recording();
    }

    /** What happened up to the newest sample; null if nothing was recorded. */
    @Nullable
    Recording recording() {
        return recording;
    }

    Snapshot latest() {
        return snapshots.get(snapshots.size() - 1);
    }

    List<Snapshot> all() {
        return snapshots;
    }

    List<Snapshot> earlier() {
        return snapshots.subList(0, snapshots.size() - 1);
    }

    /** The deadlocks that every sample shows, found once for all questions. */
    List<StandingDeadlock> deadlocks() {
        List<StandingDeadlock> found = deadlocks;
        if (found == null) {
            found = StandingDeadlock.in(this);
            deadlocks = found;
        }
        return found;
    }

    /** Whether there is more than one sample, so that standing still can be told from passing by. */
    boolean several() {
        return snapshots.size() > 1;
    }

    /** Whether every sample shows all its threads at one instant, as a text or heap dump taken at a safepoint does. */
    boolean atomic() {
        return snapshots.stream()
                .map(s -> s.source().distance())
                .allMatch(d -> d == Source.Distance.TEXT_DUMP || d == Source.Distance.HEAP);
    }

    /** Time from the first sample to the last; zero if there is one, or the source does not date them. */
    Duration span() {
        Instant first = snapshots.get(0).takenAt();
        Instant last = latest().takenAt();
        return first == null || last == null ? Duration.ZERO : Duration.between(first, last);
    }

    /** What a confidence rests on: {@code same state in 2 samples, 250 ms apart}. */
    String basis() {
        if (!several() && latest().source().distance() == Source.Distance.HEAP) {
            return "one heap dump, all its objects at one instant";
        }
        if (recording != null) {
            return Words.count(recording.events(), "event") + " in "
                    + Durations.text(Duration.ofNanos(recording.lengthNanos()));
        }
        if (!several()) {
            return atomic()
                    ? "one dump, all its threads at one instant"
                    : "one dump, its threads read one after another";
        }
        Duration span = span();
        String apart = span.isZero() ? "" : ", " + Durations.text(span) + " apart";
        return "same state in " + snapshots.size() + " samples" + apart;
    }

    /** Whether the task stands at the same place in every sample. It may have been elsewhere in between. */
    boolean samePlace(Task task) {
        for (Snapshot snapshot : snapshots) {
            Task now = snapshot.task(task.id());
            if (now == null
                    || now.state() != task.state()
                    || !now.stack().equals(task.stack())
                    || waitedAnew(now, task)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the task stands at the same place in every sample and used no processor time in between. */
    boolean unmoved(Task task) {
        if (!samePlace(task)) {
            return false;
        }
        Task first = snapshots.get(0).task(task.id());
        Task last = latest().task(task.id());
        return first != null && last != null && progressNanos(first, last) <= NO_PROGRESS_NANOS;
    }

    private static boolean waitedAnew(Task before, Task after) {
        Wait earlier = before.waiting();
        Wait later = after.waiting();
        return earlier != null && later != null && later.isAnotherThan(earlier);
    }

    /** The same task in every sample, oldest first; null if some sample lacks it. */
    @Nullable
    List<Task> everywhere(long taskId) {
        List<Task> found = new ArrayList<>(snapshots.size());
        for (Snapshot snapshot : snapshots) {
            Task task = snapshot.task(taskId);
            if (task == null) {
                return null;
            }
            found.add(task);
        }
        return found;
    }

    /** Whether the task waits for the same class of thing at the same await in both snapshots: identities may be moved. */
    static boolean sameWait(Snapshot one, Snapshot other, long taskId) {
        Task here = one.task(taskId);
        Task there = other.task(taskId);
        if (here == null || there == null || !here.stack().equals(there.stack())) {
            return false;
        }
        Wait waitHere = here.waiting();
        Wait waitThere = there.waiting();
        if (waitHere == null || waitThere == null) {
            return waitHere == null && waitThere == null;
        }
        AwaitSite site = waitHere.site();
        return !waitThere.isAnotherThan(waitHere)
                && site.equals(waitThere.site())
                && Objects.equals(className(one, waitHere), className(other, waitThere));
    }

    private static @Nullable String className(Snapshot snapshot, Wait wait) {
        Resource resource = snapshot.resource(wait.resourceId());
        return resource == null ? null : resource.className();
    }

    /** Whether the source tells how much processor time the thread of this task used. */
    static boolean tellsProgress(Task task) {
        ThreadAttributes thread = task.thread();
        return task.kind() == TaskKind.PLATFORM_THREAD && thread != null && thread.cpuNanos() != ThreadAttributes.NONE;
    }

    /** Whether the thread of this task is known to have run between the two snapshots. */
    static boolean progressed(Snapshot one, Snapshot other, long taskId) {
        Task here = one.task(taskId);
        Task there = other.task(taskId);
        return here != null && there != null && tellsProgress(here) && progressNanos(here, there) > NO_PROGRESS_NANOS;
    }

    /** Processor time used between two samples of a thread, 0 if the source does not tell. */
    static long progressNanos(Task before, Task after) {
        ThreadAttributes from = before.thread();
        ThreadAttributes to = after.thread();
        if (from == null
                || to == null
                || from.cpuNanos() == ThreadAttributes.NONE
                || to.cpuNanos() == ThreadAttributes.NONE) {
            return 0;
        }
        return to.cpuNanos() - from.cpuNanos();
    }
}
