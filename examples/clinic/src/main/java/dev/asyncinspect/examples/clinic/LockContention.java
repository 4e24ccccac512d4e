package dev.asyncinspect.examples.clinic;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A printer that is kept locked by one who waits for paper, with everybody else behind. */
final class LockContention implements Fault {

    /** Longer than the clinic lives. */
    private static final long DELIVERY_MINUTES = 15;

    @Override
    public String name() {
        return "lock-contention";
    }

    @Override
    public String about() {
        return "one author waits for paper while holding the printer (a monitor), and all others stand behind";
    }

    @Override
    public Size size() {
        return Size.of("authors who stand behind", 3, 1, 1000);
    }

    @Override
    public void start(Ward ward) {
        Printer printer = new Printer(new CountDownLatch(ward.healthy() ? 0 : 1));
        Thread first = ward.hire("author", 1, printer::print, printer::printWithPaper);
        if (!ward.healthy()) {
            ward.awaitBlocked(List.of(first));
        }
        for (int number = 2; number <= ward.size() + 1; number++) {
            ward.hire("author", number, printer::print, printer::printWithPaper);
        }
        ward.settle();
    }

    private static final class Printer {

        private final CountDownLatch paper;
        private final Object tray = new Object();
        private int pages;

        Printer(CountDownLatch paper) {
            this.paper = paper;
        }

        void print() throws InterruptedException {
            synchronized (tray) {
                awaitPaper();
                pages++;
            }
        }

        /** Repaired: the printer is locked only when there is paper. */
        void printWithPaper() throws InterruptedException {
            awaitPaper();
            synchronized (tray) {
                pages++;
            }
        }

        private void awaitPaper() throws InterruptedException {
            if (!paper.await(DELIVERY_MINUTES, TimeUnit.MINUTES)) {
                throw new IllegalStateException("no paper after " + pages + " pages");
            }
        }
    }
}
