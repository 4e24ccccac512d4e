package dev.asyncinspect.core.recorder;

/** Tells how much has been recorded since it was told last. Not for several threads. */
final class LoadMeter {

    private final Load load;
    private long lastNanos;
    private long lastEvents;
    private long lastBusyNanos;

    LoadMeter(Load load) {
        this.load = load;
    }

    /**
     * Now it is so much altogether; less than before if somebody began to count anew.
     *
     * @param now the time
     * @param events how many events
     * @param busyNanos how long the pump was busy
     */
    void tell(long now, long events, long busyNanos) {
        if (lastNanos != 0 && events >= lastEvents) {
            load.spent(events - lastEvents, busyNanos - lastBusyNanos, now - lastNanos);
        }
        lastBusyNanos = busyNanos;
        lastNanos = now;
        lastEvents = events;
    }
}
