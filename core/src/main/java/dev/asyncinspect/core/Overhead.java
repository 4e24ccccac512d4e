package dev.asyncinspect.core;

import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.core.recorder.Recorder;

/**
 * What recording costs on this machine, as measured.
 *
 * @param clockNanos one reading of the clock
 * @param eventNanos one event, without the clock
 * @param taskNanos a task that is created, runs and ends: three readings of the clock, five events
 */
public record Overhead(double clockNanos, double eventNanos, double taskNanos) {

    private static final int ROUNDS = 20;
    private static final int EVENTS = 2_000;
    private static final int EVENTS_PER_TASK = 5;
    private static final int CLOCKS_PER_TASK = 3;

    /* On a recorder of its own, so that nothing is left behind; the best of some rounds, since what else happens on the machine only adds.
     * A round has fewer events than a ring has places. */
    static Overhead measure() {
        Recorder recorder = Recorder.create();
        recorder.turn(true);
        double clock = Double.MAX_VALUE;
        double event = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            clock = Math.min(clock, clocks(recorder));
            event = Math.min(event, events(recorder));
            recorder.discard();
        }
        return new Overhead(clock, event, CLOCKS_PER_TASK * clock + EVENTS_PER_TASK * event);
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
