package dev.asyncinspect.core;

/** Which tasks are followed: one in so many, decided by the id, so that a task is followed whole or not at all. */
final class Sampling {

    /* No counter that all threads would share, and no random numbers: the id is spread by a multiplication and compared. */

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

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
        int n = oneIn;
        return n == 1 || Long.remainderUnsigned(spread(id), n) == 0;
    }

    private static long spread(long id) {
        long spread = id * GOLDEN;
        return spread ^ (spread >>> 32);
    }
}
