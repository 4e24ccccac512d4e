package dev.asyncinspect.integrations.jdk;

import java.util.function.LongSupplier;

/** Lets some thousands of forks a second through. Any thread; without any care: a lost count lets a few more or less through. */
final class ForkBudget {

    static final int MOST = 2_000;
    static final long WINDOW_NANOS = 100_000_000;
    private static final int CLOCK_EVERY = 64;

    private final LongSupplier clock;
    private int forks;
    private long windowNanos;

    ForkBudget(LongSupplier clock) {
        this.clock = clock;
        windowNanos = clock.getAsLong();
    }

    /** Whether one more may be told. */
    boolean allows() {
        int count = ++forks;
        if (count <= MOST) {
            return true;
        }
        if (count == MOST + 1 || count % CLOCK_EVERY == 0) {
            long now = clock.getAsLong();
            if (now - windowNanos > WINDOW_NANOS) {
                windowNanos = now;
                forks = 1;
                return true;
            }
        }
        return false;
    }
}
