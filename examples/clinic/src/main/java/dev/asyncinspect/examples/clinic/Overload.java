package dev.asyncinspect.examples.clinic;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An office with one clerk, more letters than he gets through, and callers whom nobody puts through and who do not hang up. Nothing stands
 * still, so no look at a moment shows it: a recording of some seconds does.
 */
final class Overload implements Fault {

    /** So many callers fit on the line, about two minutes' worth. */
    private static final int MOST_CALLERS = 3000;
    /** The operator takes a call every so many rounds. */
    private static final int ROUNDS_A_CALL = 4;

    private static final long READING_MILLIS = 25;

    @Override
    public String name() {
        return "overload";
    }

    @Override
    public String about() {
        return "letters pile up and callers never hang up, which a recording shows (leaked-task, queue-growth)";
    }

    @Override
    public Size size() {
        return Size.fixed("clerks", 1);
    }

    @Override
    public void start(Ward ward) {
        Executor clerk = ward.crew("clerk", 1).pool();
        ward.work("postman", 1, () -> bring(clerk, ward.healthy()));
        Switchboard switchboard = new Switchboard(ward, new AtomicInteger(), new CountDownLatch(1));
        ward.work("operator", 1, switchboard::takeCall);
        ward.awaitWorking();
    }

    private static void bring(Executor clerk, boolean healthy) {
        clerk.execute(() -> read(healthy));
    }

    /** Repaired: the clerk has learnt to skim. */
    private static void read(boolean skims) {
        if (!skims) {
            try {
                Thread.sleep(READING_MILLIS);
            } catch (InterruptedException e) {
                throw new IllegalStateException("nobody interrupts a clerk", e);
            }
        }
    }

    private record Switchboard(Ward ward, AtomicInteger rounds, CountDownLatch answer) {

        void takeCall() {
            int round = rounds.incrementAndGet();
            int call = round / ROUNDS_A_CALL;
            if (round % ROUNDS_A_CALL == 0 && call <= MOST_CALLERS) {
                // Started here and not by the ward, so that a recording names this line.
                ward.unstarted("caller", call, ward.healthy() ? this::hangUp : this::hold)
                        .start();
            }
        }

        private void hold() {
            try {
                answer.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException("nobody interrupts a caller", e);
            }
        }

        private void hangUp() {
            // Repaired: whom nobody puts through hangs up.
        }
    }
}
