package dev.asyncinspect.core.recorder;

import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.core.event.EventDecoder;
import dev.asyncinspect.core.event.EventEncoder;
import dev.asyncinspect.core.event.EventHeads;
import dev.asyncinspect.core.event.SlotSink;
import dev.asyncinspect.core.fold.SampleRates;
import dev.asyncinspect.core.fold.Selection;
import dev.asyncinspect.core.fold.TaskFold;
import java.util.ArrayList;
import java.util.List;

/** Hands on what a selection leaves of events, and says that something is left out. Not for several threads. */
final class SelectedEvents {

    /* It is left out after it was folded: which task a thread stands for is known only to who knows all tasks, and an await of one that is left
     * out must not be told of the thread, or of the task around it. What is of no use for that, the recorder does not take. Whether a task is followed is decided when the fold meets it and stays so:
     * all of its events are handed on, or none.
     *
     * What happens to the polls of a thread happens to the tasks on it. Of a thread that is left out, with one on it that is not, they
     * are told as polls of that task on that thread.
     *
     * Without acts of waiting the states of tasks stay true: an await that ends a poll is the only word of that, so it is told, without what
     * is waited for. */

    private final Selection selection;
    private final SampleRates rates;
    private final List<Long> onThread = new ArrayList<>();
    private long told;

    SelectedEvents(Selection selection, SampleRates rates) {
        this.rates = rates;
        this.selection = selection;
    }

    /** Folds an event, and hands it on with the tasks that are meant, unless it is left out. */
    void take(
            long head,
            long nanos,
            long taskId,
            long argument,
            long resolved,
            long resolvedArgument,
            TaskFold fold,
            SlotSink to) {
        boolean known = fold.knows(resolved); // asked before: with some events a task is forgotten
        boolean followed = fold.follows(resolved);
        boolean stopped = fold.isStoppedByAwait(resolved);
        EventDecoder.decode(head, nanos, taskId, argument, fold);
        if (EventHeads.isOfTask(head) && !(known ? followed : fold.follows(resolved))) {
            tellThoseOn(head, nanos, resolved, resolvedArgument, fold, to);
            return;
        }
        handOn(head, nanos, resolved, resolvedArgument, stopped, to);
    }

    private void tellThoseOn(long head, long nanos, long thread, long argument, TaskFold fold, SlotSink to) {
        boolean starts = EventHeads.isPollStart(head);
        boolean polls = starts || EventHeads.isPollEnd(head);
        if (!polls && !EventHeads.isWoken(head)) {
            return;
        }
        onThread.clear();
        fold.forEachOn(thread, id -> {
            if (fold.follows(id)) {
                onThread.add(
                        starts ? 0 : onThread.size(), id); // the innermost begins last, so that it is innermost again
            }
        });
        for (long task : onThread) {
            handOn(head, nanos, task, polls ? thread : argument, false, to);
        }
    }

    private void handOn(long head, long nanos, long resolved, long resolvedArgument, boolean stopped, SlotSink to) {
        if (selection.awaits()) {
            to.slot(head, nanos, resolved, resolvedArgument);
        } else if (EventHeads.isAwaitStart(head)) {
            if (EventHeads.endsPoll(head)) {
                to.slot(EventHeads.withoutSymbol(head), nanos, resolved, 0);
            }
        } else if (EventHeads.isAwaitEnd(head)) {
            if (stopped) {
                to.slot(head, nanos, resolved, 0);
            }
        } else {
            long untold = EventHeads.isPollEnd(head) ? EventHeads.withoutSymbol(head) : head;
            to.slot(untold, nanos, resolved, resolvedArgument);
        }
    }

    /**
     * Says how many tasks have been left out since this was asked last.
     *
     * @param leftOut how many altogether
     */
    void tell(long nanos, long leftOut, EventEncoder to) {
        say(nanos, Math.max(0, leftOut - told), to);
        told = leftOut;
    }

    /** Says so to who begins to listen. */
    void introduce(long nanos, EventEncoder to) {
        say(nanos, 0, to);
    }

    private void say(long nanos, long tasks, EventEncoder to) {
        if (!selection.followsAll() || rates.leavesOut()) {
            to.dropped(nanos, EventCodes.NOT_FOLLOWED, tasks);
        }
        if (!selection.awaits()) {
            to.dropped(nanos, EventCodes.AWAITS_UNTOLD, 0);
        }
    }
}
