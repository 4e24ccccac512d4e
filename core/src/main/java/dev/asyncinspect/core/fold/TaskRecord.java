package dev.asyncinspect.core.fold;

import dev.asyncinspect.core.TaskInfo;
import dev.asyncinspect.core.TaskKind;
import dev.asyncinspect.core.TaskState;
import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.core.event.Symbols;
import org.jspecify.annotations.Nullable;

/** What is known of one task, as it changes. One thread writes; who reads holds the lock of whoever owns the fold. */
final class TaskRecord {

    /*                        submitted, woken           poll starts
     *   PENDING ───────────────────────► SCHEDULED ──────────────────► RUNNING ───► COMPLETED | FAILED | CANCELLED
     *      └──────────────────────────────────────────────────────────►  ▲ │
     *                                        ▲      await that ended     │ │ poll ends, or an await that ends it
     *                                        │       the poll is over    │ ▼
     *                                        └─────────────────────── BLOCKED
     *
     * Events of several threads can arrive a little late or twice (the library and the agent may both tell of a thread). So each
     * transition is taken only from a state in which it makes sense, and is otherwise passed over; what is over stays over. */

    final long id;
    int kind;
    int name;
    int site;
    long runtimeId;
    long parentId;
    /** The resource that is the pool which is to run it, 0 unknown. */
    long poolId;

    TaskState state = TaskState.PENDING;
    final long createdNanos;
    long sinceNanos;
    int polls;
    int wakes;
    int selfWakes;
    long lastWakerId;
    long runningNanos;
    long scheduledNanos;
    long threadId;
    int throwable;
    boolean incomplete;
    /** A thread that nobody told of: followed only while it waits. */
    boolean visitor;
    /** Not followed: known here, so that what its thread does is not taken for the doing of another, and told to nobody. */
    boolean leftOut;

    /** How often events had been dropped when the task was created: more by now means that some of its own may be among them. */
    final int dropsBefore;

    @Nullable
    AwaitRecord await;

    /** What the thread ran before this task, and will go on with. */
    @Nullable
    TaskRecord below;

    /** How many its thread ran when it began, itself included. */
    int depth;

    TaskRecord(long id, long nanos, int dropsBefore) {
        this.id = id;
        this.createdNanos = nanos;
        this.sinceNanos = nanos;
        this.dropsBefore = dropsBefore;
    }

    /** An act of waiting, within another one if there is one around it. */
    record AwaitRecord(
            int label,
            long resourceId,
            int flags,
            long nanos,
            @Nullable AwaitRecord around) {

        /** Flag of ours, which no event has: nobody tells the end, it is when the task is woken or runs. */
        static final int UNTIL_WOKEN = 1 << 8;

        private boolean isPark() {
            return (flags & UNTIL_WOKEN) != 0 || endsPoll();
        }

        private boolean isPinned() {
            return (flags & EventCodes.AWAIT_PINNED) != 0 && label != 0;
        }

        /** Whether it is one act of waiting with the one around it, told by both: a label of the program goes before the names of what waits. */
        boolean repeats() {
            return around != null && around.label == label;
        }

        boolean endsPoll() {
            return (flags & EventCodes.AWAIT_ENDS_POLL) != 0;
        }

        /** Whether one of these awaits within each other keeps the task from running. */
        static boolean anyEndsPoll(@Nullable AwaitRecord innermost) {
            for (AwaitRecord at = innermost; at != null; at = at.around) {
                if (at.endsPoll()) {
                    return true;
                }
            }
            return false;
        }

        /**
         * What to say of awaits within each other: the innermost, unless it is the mere park of a call that has a name of its
         * own, and nothing is known of what it parks at. A pinned park says the line where it is pinned, so what the call waits for is added
         * to that.
         */
        AwaitRecord told() {
            AwaitRecord told = this;
            for (AwaitRecord at = around; at != null && told.resourceId == 0; at = at.around) {
                if (at.resourceId != 0 && told.isPinned()) {
                    return new AwaitRecord(told.label, at.resourceId, told.flags | at.flags, told.nanos, at);
                }
                if (at.resourceId != 0 || (at.label != 0 && (told.label == 0 || (told.isPark() && !at.isPark())))) {
                    told = at;
                }
            }
            return told;
        }
    }

    /** Runnable from now on; true if it was not. */
    boolean schedule(long nanos) {
        if (state != TaskState.PENDING && state != TaskState.BLOCKED) {
            return false;
        }
        enter(TaskState.SCHEDULED, nanos);
        return true;
    }

    /** Runs from now on; how long it had been runnable, -1 if that is not known or it ran already. */
    long run(long nanos) {
        if (state == TaskState.RUNNING || state.isOver()) {
            return -1;
        }
        long delay = state == TaskState.SCHEDULED ? Math.max(0, nanos - sinceNanos) : -1;
        enter(TaskState.RUNNING, nanos);
        polls++;
        return delay;
    }

    /** Does not run from now on; how long it ran, -1 if it did not. */
    long pause(TaskState next, long nanos) {
        if (state != TaskState.RUNNING) {
            return -1;
        }
        long ran = Math.max(0, nanos - sinceNanos);
        enter(next, nanos);
        return ran;
    }

    /** Over from now on. */
    void end(TaskState outcome, long nanos) {
        enter(outcome, nanos);
        await = null;
    }

    private void enter(TaskState next, long nanos) {
        long passed = Math.max(0, nanos - sinceNanos);
        if (state == TaskState.RUNNING) {
            runningNanos += passed;
        } else if (state == TaskState.SCHEDULED) {
            scheduledNanos += passed;
        }
        state = next;
        sinceNanos = Math.max(nanos, sinceNanos);
    }

    /** Under which place its times are counted: where it was created, else its name. */
    int place() {
        return site != 0 ? site : name;
    }

    TaskInfo at(long nowNanos, int drops, Symbols symbols) {
        boolean over = state.isOver();
        long until = over ? sinceNanos : Math.max(nowNanos, sinceNanos);
        long open = until - sinceNanos;
        long running = runningNanos + (state == TaskState.RUNNING ? open : 0);
        long scheduled = scheduledNanos + (state == TaskState.SCHEDULED ? open : 0);
        AwaitRecord waits = await == null ? null : await.told();
        return new TaskInfo(
                id,
                TaskKind.of(kind),
                symbols.text(name),
                runtimeId,
                parentId,
                symbols.text(site),
                state,
                createdNanos,
                sinceNanos,
                polls,
                wakes,
                selfWakes,
                lastWakerId,
                running,
                scheduled,
                Math.max(0, until - createdNanos - running - scheduled),
                waits == null
                        ? null
                        : new TaskInfo.Await(
                                symbols.text(waits.label),
                                waits.resourceId,
                                (waits.flags & EventCodes.AWAIT_TIMED) != 0,
                                waits.nanos),
                threadId,
                symbols.text(throwable),
                isIncomplete(drops));
    }

    boolean isIncomplete(int drops) {
        return incomplete || (!state.isOver() && drops != dropsBefore);
    }
}
