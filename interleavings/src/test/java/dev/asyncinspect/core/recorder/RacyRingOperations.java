package dev.asyncinspect.core.recorder;

/** The same over the ring with the planted race. */
public class RacyRingOperations extends RingOperations {

    /** For Lincheck. */
    public RacyRingOperations() {
        super(new RacySlots());
    }
}
