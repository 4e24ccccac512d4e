package dev.asyncinspect.examples.clinic;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The unlucky moment: nobody goes on before all have come to the same place, so that a fault that needs bad timing
 * happens every time. A meeting of nobody, in a healthy twin, holds up nobody.
 */
final class Meeting {

    private final int parties;
    private final CountDownLatch missing;
    private final AtomicInteger gone = new AtomicInteger();

    Meeting(int parties) {
        this.parties = parties;
        this.missing = new CountDownLatch(parties);
    }

    /** Waits for the others. */
    void arrive() {
        missing.countDown();
        try {
            missing.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts a meeting", e);
        }
        gone.incrementAndGet();
    }

    /** Whether all have come and gone again: whoever waits now, waits for something else. */
    boolean isOver() {
        return gone.get() >= parties;
    }
}
