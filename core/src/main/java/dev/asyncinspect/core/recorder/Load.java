package dev.asyncinspect.core.recorder;

/** Somebody who wants to know how much is recorded, about once a second, on the pump's thread. */
@FunctionalInterface
public interface Load {

    /**
     * So much since the last time.
     *
     * @param events how many events, those that were dropped included
     * @param pumpNanos how long the pump's thread was busy with them
     * @param nanos how long that is ago
     */
    void spent(long events, long pumpNanos, long nanos);
}
