package dev.asyncinspect.core;

import dev.asyncinspect.core.event.TaskIds;

/** Which tasks are followed: one in so many, decided by the id, so that a task is followed whole or not at all. */
final class Sampling {

    private volatile int oneIn = 1;

    void oneIn(int wanted) {
        if (wanted < 1) {
            throw new IllegalArgumentException("sampling follows one task in 1 or more: " + wanted);
        }
        oneIn = wanted;
    }

    int oneIn() {
        return oneIn;
    }

    boolean takes(long id) {
        return TaskIds.isOneIn(oneIn, id);
    }
}
