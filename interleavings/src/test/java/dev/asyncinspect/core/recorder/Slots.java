package dev.asyncinspect.core.recorder;

import dev.asyncinspect.core.event.SlotSink;

/** What a ring does, so that one with a planted race can stand in its place. */
interface Slots {

    /** Writes an event; false if there was no room. */
    boolean offer(long first, long nanos, long taskId, long argument);

    /** Hands over what is there. */
    void drain(SlotSink to);

    /** How many found no room. */
    long dropped();

    /** The real one, the smallest there is. */
    static Slots real() {
        Ring ring = new Ring(8);
        return new Slots() {
            @Override
            public boolean offer(long first, long nanos, long taskId, long argument) {
                return ring.offer(first, nanos, taskId, argument) != Ring.FULL;
            }

            @Override
            public void drain(SlotSink to) {
                ring.drain(to);
            }

            @Override
            public long dropped() {
                return ring.dropped();
            }
        };
    }
}
