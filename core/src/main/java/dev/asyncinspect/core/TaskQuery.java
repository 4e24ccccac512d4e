package dev.asyncinspect.core;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * Which tasks, in which order: {@code TaskQuery.ALL.named("load").blocked().slowestFirst()}.
 *
 * @param filter which tasks
 * @param order in which order
 */
public record TaskQuery(Predicate<TaskInfo> filter, Comparator<TaskInfo> order) {

    /** All tasks, by id. */
    public static final TaskQuery ALL = new TaskQuery(task -> true, Comparator.comparingLong(TaskInfo::id));

    /** Also with this condition. */
    public TaskQuery where(Predicate<TaskInfo> condition) {
        return new TaskQuery(filter.and(condition), order);
    }

    /** In this order; what is equal in it by id. */
    public TaskQuery sorted(Comparator<TaskInfo> wanted) {
        return new TaskQuery(filter, wanted.thenComparingLong(TaskInfo::id));
    }

    /** In this state. */
    public TaskQuery in(TaskState state) {
        return where(task -> task.state() == state);
    }

    /** Those that are not over. */
    public TaskQuery live() {
        return where(task -> !task.state().isOver());
    }

    /** With this in their names, whatever the case. */
    public TaskQuery named(String part) {
        String lower = part.toLowerCase(Locale.ROOT);
        return where(task -> {
            String name = task.name();
            return name != null && name.toLowerCase(Locale.ROOT).contains(lower);
        });
    }

    /** Created by this task. */
    public TaskQuery childrenOf(long parentId) {
        return where(task -> task.parentId() == parentId);
    }

    /** As old as this or older. */
    public TaskQuery olderThan(long totalNanos) {
        return where(task -> task.totalNanos() >= totalNanos);
    }

    /** Younger than this. */
    public TaskQuery youngerThan(long totalNanos) {
        return where(task -> task.totalNanos() < totalNanos);
    }

    /** Polled so often or less. */
    public TaskQuery polledAtMost(int polls) {
        return where(task -> task.polls() <= polls);
    }

    /** Polled so often or more. */
    public TaskQuery polledAtLeast(int polls) {
        return where(task -> task.polls() >= polls);
    }

    /** Those that took the longest first. */
    public TaskQuery slowestFirst() {
        return sorted(Comparator.comparingLong(TaskInfo::totalNanos).reversed());
    }

    /** Those that ran the longest first. */
    public TaskQuery busiestFirst() {
        return sorted(Comparator.comparingLong(TaskInfo::runningNanos).reversed());
    }

    List<TaskInfo> apply(List<TaskInfo> tasks) {
        return tasks.stream().filter(filter).sorted(order).toList();
    }
}
