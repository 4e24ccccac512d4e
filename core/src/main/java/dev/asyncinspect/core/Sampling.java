package dev.asyncinspect.core;

import dev.asyncinspect.core.event.TaskIds;
import dev.asyncinspect.core.recorder.Budget;

/** Which tasks are followed: one in so many, decided by the id, so that a task is followed whole or not at all. */
final class Sampling implements Budget.Sampled {

    private volatile int configured = 1;
    private volatile int oneIn = 1;

    /** One in so many from now on, and never more than that. */
    void configure(int wanted) {
        if (wanted < 1) {
            throw new IllegalArgumentException("sampling follows one task in 1 or more: " + wanted);
        }
        configured = wanted;
        oneIn = wanted;
    }

    @Override
    public void oneIn(int wanted) {
        oneIn = wanted;
    }

    @Override
    public int oneIn() {
        return oneIn;
    }

    @Override
    public int configured() {
        return configured;
    }

    boolean takes(long id) {
        return TaskIds.isOneIn(oneIn, id);
    }
}
