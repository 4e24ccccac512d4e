package dev.asyncinspect.core.recorder;

/** Keeps recording within its part of one processor: where there are too many events, fewer tasks are followed, and later more again. */
public final class Budget {

    /* Asked once a second by the recorder's own thread, whose own time is measured as it goes. What an event costs the program's threads
     * is measured once on this machine, with the clock that most of them read. Down at once as far as is needed, by a power of two, and up
     * again by doubling, with a gap of four between, so that it does not swing. The look after a change sees what was before it, for tasks
     * that have begun are followed to their end, so it changes nothing. */

    private static final int MAX_ONE_IN = 1 << 20;
    private static final double WELL_WITHIN = 0.25;

    private double nanosPerEvent;
    private boolean settles;
    private volatile double part;

    /** Of how many tasks one is followed. */
    public interface Sampled {

        /** How many new tasks there are for one that is followed. */
        int oneIn();

        /** How many there are at least. */
        int configured();

        /** From now on there are so many: a power of two times {@link #configured}. */
        void oneIn(int wanted);
    }

    /**
     * To be called with what happened since the last call.
     *
     * @param events how many were written or lost
     * @param pumpNanos how long the recorder's own thread was busy
     * @param nanos how long that is ago
     * @param budget the part of one processor that this may cost, 0 for any
     */
    public void spent(long events, long pumpNanos, long nanos, double budget, Sampled sampled) {
        if (budget == 0 || nanos <= 0) {
            return;
        }
        if (nanosPerEvent == 0) {
            EventCost measured = EventCost.measure();
            nanosPerEvent = measured.eventNanos() + measured.clockNanos();
        }
        part = (pumpNanos + events * nanosPerEvent) / nanos;
        int next = settles ? sampled.oneIn() : next(sampled.oneIn(), sampled.configured(), part, budget);
        settles = next != sampled.oneIn();
        if (settles) {
            sampled.oneIn(next);
        }
    }

    /** The part of one processor that recording took when it was last looked at; 0 if it was not yet. */
    public double part() {
        return part;
    }

    /** How many tasks there should be for one that is followed, if so many were and that cost this part; never fewer than configured. */
    static int next(int oneIn, int configured, double part, double budget) {
        if (part < budget * WELL_WITHIN && oneIn > configured) {
            return Math.max(configured, oneIn / 2);
        }
        long next = oneIn;
        for (double then = part; then > budget && next * 2 <= Math.max(MAX_ONE_IN, configured); then /= 2) {
            next *= 2;
        }
        return (int) next;
    }
}
