package dev.asyncinspect.analysis;

import dev.asyncinspect.model.Await;
import dev.asyncinspect.model.CodeSite;
import dev.asyncinspect.model.Recording;
import dev.asyncinspect.model.Segment;
import dev.asyncinspect.model.TaskHistory;
import dev.asyncinspect.model.TaskKind;
import dev.asyncinspect.model.TaskState;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code cpu-bound-task} in a recording: a task that keeps its thread for long at a stretch while others wait for one. */
final class LongPolls implements Question {

    /*
     * A long poll alone is no fault: somebody must compute. It is one where the thread is shared, a carrier or the thread of an
     * event loop, and others were runnable all the while. A program that does so does it at one place: one finding for each. A poll in which the task waits is no computation; it is pinned or
     * blocking, and told as that elsewhere. What was left out of a recording may have been such a wait: of the task itself, or of one
     * that it ran.
     */

    private static final Set<TaskKind> SHARE_THREADS =
            EnumSet.of(TaskKind.VIRTUAL_THREAD, TaskKind.COROUTINE, TaskKind.EVENT_LOOP);
    private static final long LONG_NANOS = 500_000_000;
    static final long DELAY_NANOS = 250_000_000;
    private static final long EPISODE_NANOS = 5_000_000_000L;
    /** Each takes a look at all tasks. */
    private static final int MOST = 50;

    /** One poll, and who waited meanwhile. */
    private record LongPoll(TaskHistory task, Segment poll, List<TaskHistory> delayed) {}

    @Override
    public List<Finding> ask(Samples samples) {
        Recording recording = samples.recording();
        List<Finding> findings = new ArrayList<>();
        if (recording != null && !recording.leavesOut()) {
            Map<TaskHistory, Segment> polls = new LinkedHashMap<>();
            for (TaskHistory task : recording.tasks()) {
                Segment poll = SHARE_THREADS.contains(task.kind()) ? longestPoll(task) : null;
                if (poll != null && polls.size() < MOST) {
                    polls.put(task, poll);
                }
            }
            Map<Object, List<LongPoll>> places = new LinkedHashMap<>();
            polls.forEach((task, poll) -> {
                List<TaskHistory> delayed = delayedBy(recording, task, poll);
                if (!delayed.isEmpty()) {
                    CodeSite site = task.createdAt().orNull();
                    places.computeIfAbsent(site == null ? task.id() : site, p -> new ArrayList<>())
                            .add(new LongPoll(task, poll, delayed));
                }
            });
            places.values().forEach(alike -> findings.add(finding(samples, alike)));
        }
        return findings;
    }

    private static @Nullable Segment longestPoll(TaskHistory task) {
        Segment longest = null;
        for (Segment segment : task.segments()) {
            boolean computes = segment.state() == TaskState.RUNNING && segment.nanos() >= LONG_NANOS;
            if (computes
                    && task.complete()
                    && waitedIn(task, segment) < segment.nanos() / 2
                    && (longest == null || segment.nanos() > longest.nanos())) {
                longest = segment;
            }
        }
        return longest;
    }

    private static long waitedIn(TaskHistory task, Segment poll) {
        long waited = 0;
        for (Await await : task.awaits()) {
            waited += Math.max(0, overlap(poll, await.fromNanos(), await.toNanos()));
        }
        return waited;
    }

    private static long overlap(Segment segment, long from, long to) {
        return Math.min(segment.toNanos(), to) - Math.max(segment.fromNanos(), from);
    }

    private static List<TaskHistory> delayedBy(Recording recording, TaskHistory by, Segment poll) {
        return delayedBy(recording, by, poll.fromNanos(), poll.toNanos());
    }

    /** The tasks of the kind of this one that were runnable for a good part of this time of its, and did not run. */
    static List<TaskHistory> delayedBy(Recording recording, TaskHistory by, long from, long to) {
        List<TaskHistory> delayed = new ArrayList<>();
        for (TaskHistory other : recording.tasks()) {
            if (other.kind() == by.kind() && other.id() != by.id() && other.complete()) {
                for (Segment segment : other.segments()) {
                    if (segment.state() == TaskState.SCHEDULED && overlap(segment, from, to) >= DELAY_NANOS) {
                        delayed.add(other);
                        break;
                    }
                }
            }
        }
        return delayed;
    }

    /** Whether it was over soon and did not come again: a server's first requests are such. */
    private static boolean isOver(@Nullable Recording recording, List<LongPoll> alike) {
        long from = alike.stream().mapToLong(one -> one.poll.fromNanos()).min().orElse(0);
        long to = alike.stream().mapToLong(one -> one.poll.toNanos()).max().orElse(0);
        return recording != null && to < recording.lengthNanos() && to - from < EPISODE_NANOS;
    }

    private static Finding finding(Samples samples, List<LongPoll> alike) {
        LongPoll longest = alike.get(0);
        Map<Long, TaskHistory> delayed = new LinkedHashMap<>();
        for (LongPoll one : alike) {
            longest = one.poll.nanos() > longest.poll.nanos() ? one : longest;
            one.delayed.forEach(task -> delayed.put(task.id(), task));
        }
        TaskHistory task = longest.task;
        CodeSite site = task.createdAt().orNull();
        boolean once = isOver(samples.recording(), alike);
        return new Finding(
                FindingKind.CPU_BOUND_TASK,
                once ? Confidence.HINT : Confidence.LIKELY,
                samples.basis(),
                task.label() + (site == null ? "" : " created at " + site) + " ran for "
                        + Recorded.time(longest.poll.nanos()) + " without a pause, from "
                        + Recorded.time(longest.poll.fromNanos()) + " on, while "
                        + Words.count(longest.delayed.size(), "other task") + " waited for a thread"
                        + (alike.size() == 1
                                ? "."
                                : "; so did " + Words.count(alike.size() - 1L, "more task") + " of that place."),
                List.of(),
                false,
                Recorded.ids(alike.stream().map(LongPoll::task).toList()),
                Recorded.ids(List.copyOf(delayed.values())),
                List.of(),
                List.of(
                        Evidence.observed(
                                "one poll of it took " + Recorded.time(longest.poll.nanos()) + ", no await in it"),
                        Evidence.observed("tasks were runnable for at least " + Recorded.time(DELAY_NANOS)
                                + " of that time and did not run")),
                once
                        ? "it was the first use of code, which has to be loaded and compiled, or the JVM stood still"
                        : "the machine was busy with something else, or the JVM stood still",
                List.of(
                        "Run the computation on a pool of platform threads as wide as the machine has cores.",
                        "If it must stay, let it yield between pieces of work (Thread.yield)."));
    }
}
