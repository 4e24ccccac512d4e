package dev.asyncinspect.core;

import dev.asyncinspect.core.recorder.EventCost;

/**
 * What recording costs on this machine, as measured.
 *
 * @param clockNanos one reading of the clock
 * @param eventNanos one event, without the clock
 * @param taskNanos a task that is created, runs and ends: three readings of the clock, five events
 */
public record Overhead(double clockNanos, double eventNanos, double taskNanos) {

    private static final int EVENTS_PER_TASK = 5;
    private static final int CLOCKS_PER_TASK = 3;

    static Overhead measure() {
        EventCost cost = EventCost.measure();
        double clock = cost.clockNanos();
        double event = cost.eventNanos();
        return new Overhead(clock, event, CLOCKS_PER_TASK * clock + EVENTS_PER_TASK * event);
    }
}
