package dev.asyncinspect.agent.recording;

import dev.asyncinspect.core.recorder.Budget;
import dev.asyncinspect.core.recorder.Load;
import dev.asyncinspect.core.recorder.Recorder;
import dev.asyncinspect.core.recorder.ThreadIds;

/** Keeps a recording of this JVM within its budget, by following fewer of the tasks and threads to come. */
final class RecordingBudget implements Load, Budget.Sampled {

    /* A new rate must not be for an id that some thread has asked for. New ones are given while we look, so the rate begins as far ahead as
     * ids went since the last look, and so many more as may be given while this thread does not run. */

    private static final long MARGIN = 10_000;

    private final Recorder recorder;
    private final double most;
    private final Budget budget = new Budget();
    private long thread;
    private long task;
    private long threadsSince;
    private long tasksSince;

    /**
     * A budget that was not looked at yet.
     *
     * @param most part of one processor, 0 for no budget
     */
    RecordingBudget(Recorder recorder, double most) {
        this.recorder = recorder;
        this.most = most;
        if (most > 0) {
            thread = ThreadIds.newest();
            task = recorder.nextTaskId();
        }
    }

    @Override
    public void spent(long events, long pumpNanos, long nanos) {
        if (most > 0) {
            long newest = ThreadIds.newest();
            long next = recorder.nextTaskId();
            threadsSince = newest - thread;
            tasksSince = next - task;
            thread = newest;
            task = next;
            budget.spent(events, pumpNanos, nanos, most, this);
        }
    }

    @Override
    public int oneIn() {
        return recorder.rates().oneIn();
    }

    @Override
    public int configured() {
        return recorder.rates().configured();
    }

    @Override
    public void oneIn(int wanted) {
        recorder.rates().change(wanted, thread + threadsSince + MARGIN, task + tasksSince + MARGIN);
    }

    /** The part of one processor that recording took in the last second; 0 if it is not measured. */
    double part() {
        return budget.part();
    }
}
