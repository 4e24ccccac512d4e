package dev.asyncinspect.core.fold;

import dev.asyncinspect.core.event.EventLayout;
import org.jspecify.annotations.Nullable;

/** Which thread runs which tasks, innermost first: what makes the id of a thread as good as that of a task. */
final class Running {

    /* A task whose end was dropped seems to run for ever, and what its thread runs next seems to run within it. Such chains would grow
     * without bound, and every poll of the thread is told to all of them: where one gets long, it is cut at the first task that
     * lost events. */

    private static final int MAX_DEPTH = 64;

    private final LongMap<TaskRecord> innermost = new LongMap<>();

    /**
     * The thread runs this task from now on, within what it ran before.
     *
     * @param drops how often events were dropped so far
     */
    void enter(long threadId, TaskRecord task, int drops) {
        leave(task);
        if (threadId == 0 || threadId == task.id) {
            task.threadId = threadId;
            return;
        }
        task.threadId = threadId;
        task.below = innermost.get(threadId);
        task.depth = task.below == null ? 1 : task.below.depth + 1;
        if (task.depth % MAX_DEPTH == 0) {
            cut(task, drops);
        }
        innermost.put(threadId, task);
    }

    private static void cut(TaskRecord task, int drops) {
        TaskRecord at = task;
        int depth = 1;
        while (at.below != null && !at.below.isIncomplete(drops)) {
            at = at.below;
            depth++;
        }
        at.below = null;
        task.depth = depth;
    }

    /** No thread runs this task any longer; it need not be the innermost one. */
    void leave(TaskRecord task) {
        long threadId = task.threadId;
        TaskRecord at = threadId == 0 ? null : innermost.get(threadId);
        if (at == task) {
            if (task.below == null) {
                innermost.remove(threadId);
            } else {
                innermost.put(threadId, task.below);
            }
        } else {
            while (at != null && at.below != task) {
                at = at.below;
            }
            if (at != null) {
                at.below = task.below;
            }
        }
        task.below = null;
    }

    /** The id of the innermost task that this thread runs; the id itself if it runs none, or is no thread. */
    long resolve(long id) {
        long at = id;
        for (int depth = 0; depth < MAX_DEPTH && at != 0 && at < EventLayout.FIRST_TASK_ID; depth++) {
            TaskRecord task = innermost.get(at);
            if (task == null) {
                return at;
            }
            at = task.id;
        }
        return at;
    }

    /** The innermost task that this very thread runs, null if it runs none. */
    @Nullable
    TaskRecord on(long threadId) {
        return threadId == 0 ? null : innermost.get(threadId);
    }
}
