package dev.asyncinspect.core.fold;

import dev.asyncinspect.core.TaskCounts;
import dev.asyncinspect.core.TaskState;
import dev.asyncinspect.core.event.EventLayout;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The table of tasks: who is alive, who ended lately, how many in which state. Every change of a state goes through here. */
final class Lives {

    private final FoldLimits limits;
    private final SiteTimes.Table times;
    private final Running running;
    private final Selection selection;
    private final SampleRates rates;
    private final LongMap<TaskRecord> tasks = new LongMap<>();
    private final ArrayDeque<TaskRecord> ended = new ArrayDeque<>();
    private final long[] inState = new long[TaskState.values().length];
    private long total;
    private long incomplete;
    private long evicted;
    private long refused;
    /** How many of those that live are followed. */
    private int followed;

    /** How often events were dropped, not how many: a task that was alive then may have lost some. */
    private int drops;

    private int dropsWhenSwept;

    Lives(FoldLimits limits, SiteTimes.Table times, Running running, Selection selection, SampleRates rates) {
        this.rates = rates;
        this.selection = selection;
        this.limits = limits;
        this.times = times;
        this.running = running;
    }

    @Nullable
    TaskRecord get(long taskId) {
        return taskId == 0 ? null : tasks.get(taskId);
    }

    /** A new task; null if there are too many. */
    @Nullable
    TaskRecord add(long taskId, long nanos) {
        if (taskId == 0) {
            return null;
        }
        if (!hasRoom()) {
            refused++;
            return null;
        }
        return added(taskId, nanos);
    }

    private boolean hasRoom() {
        if (live() >= limits.liveTasks()) {
            forgetIncomplete();
        }
        return live() < limits.liveTasks();
    }

    private TaskRecord added(long taskId, long nanos) {
        TaskRecord task = new TaskRecord(taskId, nanos, drops);
        task.leftOut = !hasRoomToFollow(taskId);
        countFollowed(task, 1);
        tasks.put(taskId, task);
        total++;
        count(task.state, 1);
        return task;
    }

    /** Whether a task that begins is to be followed. */
    private boolean hasRoomToFollow(long taskId) {
        if (!rates.follows(taskId)) {
            return false;
        }
        if (followed >= selection.mostTasks()) {
            forgetIncomplete();
        }
        return followed < selection.mostTasks();
    }

    private void countFollowed(TaskRecord task, int by) {
        followed += task.leftOut ? 0 : by;
    }

    /** Whether what this task does is told; of one that is not known, whether it would be. */
    boolean follows(long taskId) {
        TaskRecord task = get(taskId);
        if (task != null) {
            return !task.leftOut;
        }
        return selection.mostTasks() == Selection.ANY_NUMBER && rates.follows(taskId);
    }

    /** Whether a task is only known because it runs on a thread that is told of. */
    boolean isPassing(TaskRecord task) {
        return task.leftOut && !rates.follows(task.id);
    }

    private int live() {
        return tasks.size() - ended.size();
    }

    /** Tasks that lost events may be over and look alive for ever: if there is no room, they go first. Once for each drop. */
    private void forgetIncomplete() {
        if (drops == dropsWhenSwept) {
            return;
        }
        dropsWhenSwept = drops;
        List<TaskRecord> doubtful = new ArrayList<>();
        tasks.forEach(task -> {
            if (!task.state.isOver() && task.isIncomplete(drops)) {
                doubtful.add(task);
            }
        });
        for (TaskRecord task : doubtful) {
            running.leave(task);
            count(task.state, -1);
            countFollowed(task, -1);
            tasks.remove(task.id);
            evicted++;
        }
    }

    /**
     * The task; one that was never created here is followed from now on, and incomplete. Null if there are too many, and for a thread that
     * is not followed: nothing would tell of its end.
     */
    @Nullable
    TaskRecord getOrAdd(long taskId, long nanos) {
        TaskRecord known = get(taskId);
        if (known != null || taskId == 0 || isThreadOfOthers(taskId) || !hasRoom()) {
            return known;
        }
        TaskRecord task = added(taskId, nanos);
        task.incomplete = true;
        return task;
    }

    private boolean isThreadOfOthers(long taskId) {
        return taskId < EventLayout.FIRST_TASK_ID && !rates.follows(taskId);
    }

    /** A thread that nobody told of, followed while it waits. */
    @Nullable
    TaskRecord visitor(long threadId, long nanos) {
        TaskRecord task = threadId < EventLayout.FIRST_TASK_ID ? getOrAdd(threadId, nanos) : null;
        if (task != null && task.state == TaskState.PENDING) {
            task.visitor = true;
            count(task.state, -1);
            task.state = TaskState.RUNNING;
            count(task.state, 1);
        }
        return task;
    }

    void schedule(TaskRecord task, long nanos) {
        count(task.state, -1);
        task.schedule(nanos);
        count(task.state, 1);
    }

    void run(TaskRecord task, long nanos) {
        count(task.state, -1);
        long delay = task.run(nanos);
        count(task.state, 1);
        if (delay >= 0) {
            times.delay(task.place(), delay);
        }
    }

    void pause(TaskRecord task, TaskState next, long nanos) {
        count(task.state, -1);
        long ran = task.pause(next, nanos);
        count(task.state, 1);
        if (ran >= 0) {
            times.poll(task.place(), ran);
        }
    }

    void end(TaskRecord task, TaskState outcome, long nanos) {
        pause(task, TaskState.BLOCKED, nanos);
        task.incomplete = task.isIncomplete(drops);
        if (task.incomplete) {
            incomplete++;
        }
        count(task.state, -1);
        task.end(outcome, nanos);
        count(task.state, 1);
        countFollowed(task, -1);
        ended.add(task);
        while (ended.size() > limits.endedTasks()) {
            tasks.remove(ended.remove().id);
            evicted++;
        }
    }

    /** As if it had never been seen. */
    void forget(TaskRecord task) {
        count(task.state, -1);
        countFollowed(task, -1);
        total--;
        tasks.remove(task.id);
    }

    void eventsDropped() {
        drops++;
    }

    int drops() {
        return drops;
    }

    void forEach(Consumer<TaskRecord> action) {
        tasks.forEach(action);
    }

    TaskCounts counts(long events, long dropped) {
        return new TaskCounts(
                total,
                in(TaskState.PENDING),
                in(TaskState.SCHEDULED),
                in(TaskState.RUNNING),
                in(TaskState.BLOCKED),
                in(TaskState.COMPLETED),
                in(TaskState.FAILED),
                in(TaskState.CANCELLED),
                incomplete,
                evicted,
                refused,
                events,
                dropped);
    }

    @SuppressWarnings("EnumOrdinal") // an array by state; never written down
    private long in(TaskState state) {
        return inState[state.ordinal()];
    }

    @SuppressWarnings("EnumOrdinal") // an array by state; never written down
    private void count(TaskState state, int by) {
        inState[state.ordinal()] += by;
    }
}
