package dev.asyncinspect.core.recorder;

import dev.asyncinspect.core.event.EventCodes;

/**
 * What events cost on this machine, as measured.
 *
 * @param clockNanos one reading of the clock
 * @param eventNanos one event, without the clock
 */
public record EventCost(double clockNanos, double eventNanos) {

    private static final int ROUNDS = 20;
    private static final int EVENTS = 2_000;

    /* On a recorder of its own, so that nothing is left behind; the best of some rounds, since what else happens on the machine only adds.
     * A round has fewer events than a ring has places. */

    /** Measures, which takes some milliseconds. */
    public static EventCost measure() {
        Recorder recorder = Recorder.create();
        recorder.turn(true);
        double clock = Double.MAX_VALUE;
        double event = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            clock = Math.min(clock, clocks(recorder));
            event = Math.min(event, events(recorder));
            recorder.discard();
        }
        return new EventCost(clock, event);
    }

    private static double clocks(Recorder recorder) {
        long begin = recorder.now();
        long last = begin;
        for (int i = 0; i < EVENTS; i++) {
            last = recorder.now();
        }
        return (double) (last - begin) / EVENTS;
    }

    private static double events(Recorder recorder) {
        long begin = recorder.now();
        for (int i = 0; i < EVENTS; i++) {
            recorder.woken(begin, i, EventCodes.UNPARK, 1);
        }
        return (double) (recorder.now() - begin) / EVENTS;
    }
}
