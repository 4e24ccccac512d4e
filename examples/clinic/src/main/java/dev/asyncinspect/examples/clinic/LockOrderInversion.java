package dev.asyncinspect.examples.clinic;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Two bookkeepers who open ledger and journal in opposite orders, one after the other so far. Nothing stands still; the day that they meet,
 * both will.
 */
final class LockOrderInversion implements Fault {

    private static final int BOOKKEEPERS = 2;

    @Override
    public String name() {
        return "lock-order-inversion";
    }

    @Override
    public String about() {
        return "two bookkeepers who lock two books in opposite orders and have not met yet, which a recording with --locks shows";
    }

    @Override
    public Size size() {
        return Size.fixed("bookkeepers", BOOKKEEPERS);
    }

    @Override
    public void start(Ward ward) {
        Books books = new Books(new ReentrantLock(), new ReentrantLock(), new AtomicInteger(), ward.healthy());
        AtomicInteger turn = new AtomicInteger();
        ward.work("bookkeeper", 1, () -> inTurn(turn, 0, books::post));
        ward.work("bookkeeper", 2, () -> inTurn(turn, 1, books::correct));
        ward.awaitWorking();
        ward.until("both have written", () -> books.entries().get() >= 2 * BOOKKEEPERS);
    }

    /** Whose turn it is not goes for a walk, so that they never meet. */
    private static void inTurn(AtomicInteger turn, int mine, Runnable write) {
        if (turn.get() % BOOKKEEPERS == mine) {
            write.run();
            turn.incrementAndGet();
        }
    }

    private record Books(ReentrantLock ledger, ReentrantLock journal, AtomicInteger entries, boolean inOneOrder) {

        void post() {
            ledger.lock();
            try {
                journal.lock();
                try {
                    entries.incrementAndGet();
                } finally {
                    journal.unlock();
                }
            } finally {
                ledger.unlock();
            }
        }

        void correct() {
            if (inOneOrder) {
                post(); // repaired: the ledger first, whatever is to be written
            } else {
                journal.lock();
                try {
                    ledger.lock();
                    try {
                        entries.incrementAndGet();
                    } finally {
                        ledger.unlock();
                    }
                } finally {
                    journal.unlock();
                }
            }
        }
    }
}
