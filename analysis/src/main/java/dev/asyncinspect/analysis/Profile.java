package dev.asyncinspect.analysis;

import dev.asyncinspect.model.Await;
import dev.asyncinspect.model.CodeSite;
import dev.asyncinspect.model.Recording;
import dev.asyncinspect.model.Segment;
import dev.asyncinspect.model.TaskHistory;
import dev.asyncinspect.model.TaskState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the time of a recording went.
 *
 * @param states how many tasks stood in each state at its end
 * @param time all that was spent, over all tasks
 * @param sites the same for the tasks of each place, the longest time first; those of unknown origin last
 * @param slowest tasks by their time from creation to end, longest first
 */
public record Profile(Map<TaskState, Long> states, Spent time, List<SiteProfile> sites, List<TaskHistory> slowest) {

    private static final int SLOWEST = 10;
    private static final CodeSite NOWHERE = new CodeSite("an unknown place", null);

    /**
     * Time by what was done with it.
     *
     * @param runningNanos on a thread
     * @param scheduledNanos runnable without a thread, created but not begun included
     * @param blockedNanos waiting
     */
    public record Spent(long runningNanos, long scheduledNanos, long blockedNanos) {

        /** All of it. */
        public long nanos() {
            return runningNanos + scheduledNanos + blockedNanos;
        }

        /** The part that was running, 0 to 1. */
        public double efficiency() {
            return nanos() == 0 ? 0 : (double) runningNanos / nanos();
        }
    }

    /**
     * How long something took.
     *
     * @param count how often it happened
     * @param p50 half took this long at most
     * @param p90 nine in ten took this long at most
     * @param p99 all but one in a hundred took this long at most
     * @param max the longest
     */
    public record Quantiles(long count, long p50, long p90, long p99, long max) {

        static Quantiles of(List<Long> nanos) {
            long[] values = nanos.stream().mapToLong(Long::longValue).toArray();
            return new Quantiles(
                    values.length,
                    Recorded.percentile(values, 0.5),
                    Recorded.percentile(values, 0.9),
                    Recorded.percentile(values, 0.99),
                    Recorded.percentile(values, 1));
        }
    }

    /**
     * The tasks that one place created.
     *
     * @param site the place
     * @param tasks how many
     * @param time what they spent
     * @param polls how long they ran at a stretch
     * @param delays how long they were runnable before they ran
     * @param blocked how long they waited at a stretch
     */
    public record SiteProfile(
            CodeSite site, int tasks, Spent time, Quantiles polls, Quantiles delays, Quantiles blocked) {}

    /** The profile of this recording. */
    public static Profile of(Recording recording) {
        Map<TaskState, Long> states = new EnumMap<>(TaskState.class);
        Map<CodeSite, List<TaskHistory>> groups = new LinkedHashMap<>();
        for (TaskHistory task : recording.tasks()) {
            states.merge(task.state(), 1L, Long::sum);
            CodeSite site = task.createdAt().orNull();
            groups.computeIfAbsent(site == null ? NOWHERE : site, s -> new ArrayList<>())
                    .add(task);
        }
        List<SiteProfile> sites = new ArrayList<>();
        groups.forEach((site, tasks) -> sites.add(site(site, tasks)));
        sites.sort(Comparator.<SiteProfile>comparingInt(one -> one.site.equals(NOWHERE) ? 1 : 0)
                .thenComparingLong(one -> -one.time.nanos()));
        Comparator<TaskHistory> longest = Comparator.comparingLong(task -> -life(recording, task));
        return new Profile(
                states,
                spent(recording.tasks()),
                List.copyOf(sites),
                recording.tasks().stream().sorted(longest).limit(SLOWEST).toList());
    }

    private static long life(Recording recording, TaskHistory task) {
        return Math.min(recording.lengthNanos(), task.endedNanos()) - task.bornNanos();
    }

    private static SiteProfile site(CodeSite site, List<TaskHistory> tasks) {
        List<Long> polls = new ArrayList<>();
        List<Long> delays = new ArrayList<>();
        List<Long> blocked = new ArrayList<>();
        for (TaskHistory task : tasks) {
            List<Segment> segments = task.segments();
            for (int i = 0; i < segments.size(); i++) {
                Segment segment = segments.get(i);
                boolean over = i < segments.size() - 1;
                switch (segment.state()) {
                    case RUNNING -> polls.add(segment.nanos());
                    case SCHEDULED -> {
                        if (over) {
                            delays.add(segment.nanos());
                        }
                    }
                    case BLOCKED -> blocked.add(segment.nanos());
                    default -> {}
                }
            }
        }
        return new SiteProfile(
                site, tasks.size(), spent(tasks), Quantiles.of(polls), Quantiles.of(delays), Quantiles.of(blocked));
    }

    private static Spent spent(List<TaskHistory> tasks) {
        long running = 0;
        long scheduled = 0;
        long blocked = 0;
        for (TaskHistory task : tasks) {
            running += task.nanosIn(TaskState.RUNNING, Await.STILL);
            scheduled += task.nanosIn(TaskState.SCHEDULED, Await.STILL);
            blocked += task.nanosIn(TaskState.BLOCKED, Await.STILL) + task.nanosIn(TaskState.PENDING, Await.STILL);
        }
        return new Spent(running, scheduled, blocked);
    }
}
