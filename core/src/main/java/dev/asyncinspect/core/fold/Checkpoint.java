package dev.asyncinspect.core.fold;

import dev.asyncinspect.core.TaskState;
import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.core.event.EventHandler;
import dev.asyncinspect.core.fold.TaskRecord.AwaitRecord;
import org.jspecify.annotations.Nullable;

/** Tells a fold as events, so that a recording which begins in the middle knows who lives, waits and holds. */
final class Checkpoint {

    /* Counts and times from before are lost: one DROPPED at the end makes everything that lives then incomplete, which says so. An await that
     * ends the poll does so again, which changes nothing: the task is blocked by then. */

    private final Lives lives;
    private final Holdings holdings;
    private final Selection selection;

    Checkpoint(Lives lives, Holdings holdings, Selection selection) {
        this.selection = selection;
        this.lives = lives;
        this.holdings = holdings;
    }

    void tell(long nanos, EventHandler to) {
        lives.forEach(task -> {
            if (!task.state.isOver() && !task.visitor && !task.leftOut) {
                tell(task, to);
            }
        });
        holdings.tell(to);
        to.dropped(nanos, EventCodes.EVICTED, 0);
    }

    /** Who was there before this moment, and nothing of what they did: for events that begin at this moment and need names. */
    void introduce(long beforeNanos, EventHandler to) {
        lives.forEach(task -> {
            if (task.createdNanos < beforeNanos && !task.visitor && !task.leftOut) {
                introduce(task, to);
            }
        });
        holdings.introduce(to);
    }

    private static void introduce(TaskRecord task, EventHandler to) {
        to.created(task.createdNanos, task.id, task.kind, task.site, task.parentId);
        if (task.name != 0 || task.runtimeId != 0) {
            to.named(task.createdNanos, task.id, task.name, task.runtimeId);
        }
        if (task.poolId != 0) {
            to.linked(task.createdNanos, task.id, EventCodes.RUN_BY, 0, task.poolId);
        }
    }

    private void tell(TaskRecord task, EventHandler to) {
        introduce(task, to);
        if (task.state != TaskState.PENDING) {
            if (task.state != TaskState.SCHEDULED || task.threadId != 0) {
                to.pollStart(task.sinceNanos, task.id, task.threadId);
            }
            if (task.state == TaskState.BLOCKED) {
                stopped(task, to);
            } else if (task.state == TaskState.SCHEDULED) {
                to.pollEnd(task.sinceNanos, task.id, EventCodes.YIELD, 0, task.threadId);
                to.woken(task.sinceNanos, task.id, EventCodes.SUBMITTED, 0);
            }
        }
        tell(task.await, task, to);
    }

    private void stopped(TaskRecord task, EventHandler to) {
        AwaitRecord await = task.await;
        int flags = await == null ? 0 : await.flags();
        boolean isToldHere = (flags & AwaitRecord.UNTIL_WOKEN) != 0;
        boolean timed = isToldHere && (flags & EventCodes.AWAIT_TIMED) != 0;
        int label = await == null || !isToldHere || !selection.awaits() ? 0 : await.label();
        to.pollEnd(task.sinceNanos, task.id, timed ? EventCodes.TIMED_PARK : EventCodes.PARK, label, task.threadId);
    }

    private void tell(@Nullable AwaitRecord await, TaskRecord task, EventHandler to) {
        if (await != null) {
            tell(await.around(), task, to);
            if ((await.flags() & AwaitRecord.UNTIL_WOKEN) != 0) {
                return; // told with the end of the poll
            }
            if (selection.awaits()) {
                to.awaitStart(await.nanos(), task.id, await.flags(), await.label(), await.resourceId());
            } else if (await.endsPoll()) {
                to.awaitStart(await.nanos(), task.id, await.flags(), 0, 0);
            }
        }
    }
}
