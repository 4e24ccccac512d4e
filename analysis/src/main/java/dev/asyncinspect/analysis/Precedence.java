package dev.asyncinspect.analysis;

import dev.asyncinspect.model.Await;
import dev.asyncinspect.model.LockOrder;
import dev.asyncinspect.model.Recording;
import dev.asyncinspect.model.Segment;
import dev.asyncinspect.model.TaskHistory;
import dev.asyncinspect.model.TaskKind;
import dev.asyncinspect.model.TaskState;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether what one task did is over before another begins, whenever the program runs. */
final class Precedence {

    /*
     *   main   ──start──┐        ┌─join─► B … A          what x did is over before main takes B:
     *   x               └─ A … B ┘                       no run lets them meet
     *
     * Steps lead from a moment of one task to a moment of another that cannot come sooner (PrecedenceSteps). From where the one is over
     * they are followed, always to the earliest moment at which each task is reached; a task that goes on carries what it was reached by. That
     * a lock, or permits, went from one to the other is no such step: it could as well have been the other way round.
     */

    private final Recording recording;
    private @Nullable Map<Long, List<PrecedenceSteps.Step>> steps;

    Precedence(Recording recording) {
        this.recording = recording;
    }

    /** Whether nothing is known that keeps the one from being in the middle of it while the other is. */
    boolean isOpen(LockOrder.Taking one, LockOrder.Taking other) {
        return one.taskId() != other.taskId()
                && livedTogether(recording.task(one.taskId()), recording.task(other.taskId()))
                && !isOneThread(one, other)
                && !precedes(one, other)
                && !precedes(other, one);
    }

    /** Whether both tasks were there when the later of the two began with it. */
    boolean metAlive(LockOrder.Taking one, LockOrder.Taking other) {
        if (one.fromNanos() > other.fromNanos()) {
            return metAlive(other, one);
        }
        TaskHistory earlier = recording.task(one.taskId());
        return earlier == null || other.fromNanos() < end(earlier);
    }

    /** Whether the one had ended before the other, its creator, began with it. */
    boolean isOfItsCreator(LockOrder.Taking one, LockOrder.Taking other) {
        if (one.fromNanos() > other.fromNanos()) {
            return isOfItsCreator(other, one);
        }
        TaskHistory earlier = recording.task(one.taskId());
        Long creator = earlier == null ? null : earlier.parentId().orNull();
        return creator != null && creator == other.taskId() && !metAlive(one, other);
    }

    private static boolean livedTogether(@Nullable TaskHistory one, @Nullable TaskHistory other) {
        return one == null || other == null || (one.bornNanos() < end(other) && other.bornNanos() < end(one));
    }

    private static long end(TaskHistory task) {
        return task.complete() ? task.endedNanos() : Await.STILL;
    }

    private boolean isOneThread(LockOrder.Taking one, LockOrder.Taking other) {
        return thread(one) == thread(other);
    }

    private long thread(LockOrder.Taking taking) {
        TaskHistory task = recording.task(taking.taskId());
        Segment then = task == null || !staysOnItsThread(task) ? null : task.at(taking.toNanos());
        return then == null || then.state() != TaskState.RUNNING || then.threadId() == 0
                ? taking.taskId()
                : then.threadId();
    }

    static boolean staysOnItsThread(TaskHistory task) {
        return task.kind() == TaskKind.EXECUTOR_TASK || task.kind() == TaskKind.FUTURE_STAGE;
    }

    private boolean precedes(LockOrder.Taking one, LockOrder.Taking other) {
        if (one.toNanos() > other.fromNanos()) {
            return false;
        }
        Map<Long, Long> reached = new HashMap<>();
        Deque<Long> open = new ArrayDeque<>();
        reached.put(one.taskId(), one.toNanos());
        open.add(one.taskId());
        while (!open.isEmpty()) {
            long task = open.remove();
            long since = reached.getOrDefault(task, Await.STILL);
            for (PrecedenceSteps.Step step : steps().getOrDefault(task, List.of())) {
                boolean sooner = step.toNanos() < reached.getOrDefault(step.toId(), Await.STILL);
                if (since <= step.fromNanos() && sooner && step.toNanos() <= other.fromNanos()) {
                    reached.put(step.toId(), step.toNanos());
                    open.add(step.toId());
                }
            }
        }
        return reached.containsKey(other.taskId());
    }

    private Map<Long, List<PrecedenceSteps.Step>> steps() {
        Map<Long, List<PrecedenceSteps.Step>> known = steps;
        if (known == null) {
            known = new PrecedenceSteps(recording).all();
            steps = known;
        }
        return known;
    }
}
