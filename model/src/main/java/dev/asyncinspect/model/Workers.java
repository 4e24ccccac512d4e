package dev.asyncinspect.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What threads did that work for others: they are blocked as long as the task on them is. */
public final class Workers {

    /*
     * An await is told of the task that waits, and the thread below it has no event: by its own events it runs until the task is over. Tasks
     * of pools and stages never leave their thread in the middle, so an await with which one of them stops running stops its thread too,
     * unless that runs another task meanwhile (a ForkJoinPool does so in a join).
     *
     *   #22 worker      ████████████████          ██░░░░░░░████▒▒█
     *   #T4 on #22      ██░░░░░░░████      ──►
     *   #T5 on #22                   █
     */

    private record Stretch(long from, long to, boolean ran) {}

    private Workers() {}

    /** These tasks, of which threads are blocked where the task on them was. */
    public static List<TaskHistory> asTheyWere(Recording recording, List<TaskHistory> tasks) {
        Set<Long> threads = tasks.stream()
                .filter(task -> task.kind() == TaskKind.PLATFORM_THREAD || task.kind() == TaskKind.VIRTUAL_THREAD)
                .map(TaskHistory::id)
                .collect(Collectors.toSet());
        Map<Long, List<Stretch>> work = new HashMap<>();
        for (TaskHistory task : threads.isEmpty() ? List.<TaskHistory>of() : recording.tasks()) {
            if (task.kind() == TaskKind.EXECUTOR_TASK || task.kind() == TaskKind.FUTURE_STAGE) {
                add(task, threads, work);
            }
        }
        return tasks.stream()
                .map(task -> work.containsKey(task.id()) ? task.with(with(task.segments(), work.get(task.id()))) : task)
                .toList();
    }

    private static void add(TaskHistory task, Set<Long> threads, Map<Long, List<Stretch>> work) {
        Set<Long> waits = task.awaits().stream().map(Await::fromNanos).collect(Collectors.toSet());
        long thread = 0;
        for (Segment segment : task.segments()) {
            boolean ran = segment.state() == TaskState.RUNNING;
            thread = ran ? segment.threadId() : thread;
            boolean stopped = segment.state() == TaskState.BLOCKED && waits.contains(segment.fromNanos());
            if ((ran || stopped) && threads.contains(thread)) {
                work.computeIfAbsent(thread, t -> new ArrayList<>())
                        .add(new Stretch(segment.fromNanos(), segment.toNanos(), ran));
            }
        }
    }

    /** Where it ran by its own events, and a task on it was blocked while none ran. */
    private static List<Segment> with(List<Segment> own, List<Stretch> work) {
        List<Stretch> blocked = minus(
                work.stream()
                        .filter(stretch -> !stretch.ran)
                        .sorted(Comparator.comparingLong(Stretch::from))
                        .toList(),
                work.stream()
                        .filter(Stretch::ran)
                        .sorted(Comparator.comparingLong(Stretch::from))
                        .toList());
        List<Segment> all = new ArrayList<>();
        int next = 0;
        for (Segment segment : own) {
            long at = segment.fromNanos();
            while (next < blocked.size() && blocked.get(next).to <= at) {
                next++;
            }
            for (int i = next; segment.state() == TaskState.RUNNING && i < blocked.size(); i++) {
                long from = Math.max(at, blocked.get(i).from);
                long to = Math.min(segment.toNanos(), blocked.get(i).to);
                if (from >= segment.toNanos()) {
                    break;
                }
                if (from < to) {
                    if (at < from) {
                        all.add(new Segment(TaskState.RUNNING, at, from, segment.threadId()));
                    }
                    all.add(new Segment(TaskState.BLOCKED, from, to, 0));
                    at = to;
                }
            }
            if (at < segment.toNanos() || at == segment.fromNanos()) {
                all.add(new Segment(segment.state(), at, segment.toNanos(), segment.threadId()));
            }
        }
        return all;
    }

    /** Both in order; the first may lie one in another, as tasks on one thread do. */
    private static List<Stretch> minus(List<Stretch> blocked, List<Stretch> ran) {
        List<Stretch> left = new ArrayList<>();
        int next = 0;
        long done = Long.MIN_VALUE;
        for (Stretch stretch : blocked) {
            long at = Math.max(done, stretch.from);
            while (next < ran.size() && ran.get(next).to <= at) {
                next++;
            }
            for (int i = next; i < ran.size() && ran.get(i).from < stretch.to; i++) {
                if (ran.get(i).to > at) {
                    if (ran.get(i).from > at) {
                        left.add(new Stretch(at, ran.get(i).from, false));
                    }
                    at = ran.get(i).to;
                }
            }
            if (at < stretch.to) {
                left.add(new Stretch(at, stretch.to, false));
            }
            done = Math.max(done, stretch.to);
        }
        return left;
    }
}
