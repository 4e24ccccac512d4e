package dev.asyncinspect.core;

/** Keeps recording within its part of one processor: where there are too many events, fewer tasks are followed, and later more again. */
final class Budget {

    /* Asked once a second by the recorder's own thread, whose own time is measured as it goes. What an event costs the program's threads
     * is measured once on this machine, with the clock that most of them read. Halving and doubling, with a gap of four between, so that it does not swing. */

    private static final int MAX_ONE_IN = 1 << 16;

    private double nanosPerEvent;

    /** To be called with what happened since the last call. */
    void spent(long events, long pumpNanos, long nanos, Configuration configuration) {
        if (configuration.overheadBudget() == 0 || nanos <= 0) {
            return;
        }
        if (nanosPerEvent == 0) {
            Overhead measured = Overhead.measure();
            nanosPerEvent = measured.eventNanos() + measured.clockNanos();
        }
        double part = (pumpNanos + events * nanosPerEvent) / nanos;
        Inspector.SAMPLING.oneIn(
                next(Inspector.SAMPLING.oneIn(), configuration.sampleOneIn(), part, configuration.overheadBudget()));
    }

    /** How many tasks there should be for one that is followed, if so many were and that cost this part; never fewer than configured. */
    static int next(int oneIn, int configured, double part, double budget) {
        if (part > budget) {
            return Math.min(MAX_ONE_IN, oneIn * 2);
        }
        if (part < budget / 4 && oneIn > configured) {
            return Math.max(configured, oneIn / 2);
        }
        return oneIn;
    }
}
