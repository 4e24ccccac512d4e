package dev.asyncinspect.examples.clinic;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Healthy threads that have nothing to do with the fault: a real program is never alone with its problem. */
final class Bystanders {

    private static final int NAP_MILLIS = 50;
    private static final int MOST_NEWS = 100;

    private final Object ledger = new Object();
    private final BlockingQueue<Integer> news = new LinkedBlockingQueue<>(MOST_NEWS);
    private int entries;

    /** Starts that many: sleepers, writers with a short lock, readers of a queue, idle workers of a pool, in turn. */
    void start(Ward ward, int count) {
        int idle = 0;
        for (int number = 1; number <= count; number++) {
            switch (number % 4) {
                case 1 -> ward.start("sleeper", number, Bystanders::sleep);
                case 2 -> ward.start("writer", number, this::write);
                case 3 -> ward.start("reader", number, this::read);
                default -> idle++;
            }
        }
        if (idle > 0) {
            ward.crew("idler", idle);
        }
    }

    private static void sleep() throws InterruptedException {
        while (true) {
            Thread.sleep(NAP_MILLIS);
        }
    }

    private void write() throws InterruptedException {
        while (true) {
            int entry;
            synchronized (ledger) {
                entry = ++entries;
            }
            news.offer(entry);
            Thread.sleep(NAP_MILLIS);
        }
    }

    private void read() throws InterruptedException {
        while (true) {
            int entry = news.take();
            synchronized (ledger) {
                entries = Math.max(entries, entry);
            }
        }
    }
}
