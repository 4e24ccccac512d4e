package dev.asyncinspect.core.recorder;

import dev.asyncinspect.core.event.EventHeads;
import dev.asyncinspect.core.event.EventLayout;
import dev.asyncinspect.core.fold.SampleRates;
import java.util.concurrent.atomic.AtomicLongArray;

/** What the program's threads write while only some tasks are followed. */
final class Selector {

    /* What a thread does belongs to the tasks on it. So of a thread that is not followed its polls, awaits and wakes are written as long as
     * a followed task runs there, and of a task that is not followed it is written when it runs on a thread which is told of: else what
     * the thread does meanwhile would be told of the thread, or of the task around. Who reads it leaves out what is left.
     *
     * Who holds what is written of all. */

    /** Far enough apart for the prefetcher. */
    private static final int STRIDE_LOG = 4;

    private static final int STRIPES = 16;

    private final SampleRates rates;
    private final FollowedPolls polls = new FollowedPolls();
    private final AtomicLongArray unwritten = new AtomicLongArray(STRIPES << STRIDE_LOG);

    Selector(SampleRates rates) {
        this.rates = rates;
    }

    /** Whether the current thread is to write this event. */
    boolean takes(long head, long taskId, long argument, long current) {
        if (!EventHeads.isOfTask(head)) {
            return true;
        }
        boolean followed = rates.follows(taskId);
        if (!followed && EventHeads.isCreated(head)) {
            unwritten.getAndIncrement(((int) current & (STRIPES - 1)) << STRIDE_LOG);
            return false;
        }
        return taskId < EventLayout.FIRST_TASK_ID
                ? followed || (!EventHeads.isOfItself(head) && polls.isAnyOn(taskId))
                : takesOfTask(head, taskId, argument, current, followed);
    }

    private boolean takesOfTask(long head, long taskId, long argument, long current, boolean followed) {
        if (EventHeads.isPollStart(head)) {
            if (followed && !rates.follows(argument)) {
                polls.enter(taskId, argument);
            }
            return followed || tells(argument);
        }
        boolean over = EventLayout.isEnd(head);
        if (over || EventHeads.isPollEnd(head)) {
            if (followed) {
                polls.leave(taskId);
            }
            return followed || tells(over ? current : argument);
        }
        return followed;
    }

    /** Whether anything of this thread is to be written. */
    boolean tells(long thread) {
        return rates.follows(thread) || polls.isAnyOn(thread);
    }

    /** How many tasks were created of which nothing was written. */
    long unwritten() {
        long all = 0;
        for (int i = 0; i < STRIPES; i++) {
            all += unwritten.get(i << STRIDE_LOG);
        }
        return all;
    }
}
