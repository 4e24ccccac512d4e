package dev.asyncinspect.examples.healthy;

import java.util.concurrent.CountDownLatch;

/** Keeps a program busy: threads that do one thing again and again, until the parent closes stdin. */
final class Load {

    private static final int ROUNDS_BEFORE_READY = 20;
    private static final long PAUSE_MILLIS = 2;

    private final CountDownLatch warm;
    private final int threads;

    private Load(int threads) {
        this.threads = threads;
        this.warm = new CountDownLatch(threads * ROUNDS_BEFORE_READY);
    }

    /** One round of work. */
    interface Work {

        void round(int worker, int round) throws Exception;
    }

    /** Starts so many threads, says {@code ready} once all have worked, and ends with stdin. */
    static void of(int threads, Work work) throws Exception {
        Load load = new Load(threads);
        for (int worker = 0; worker < threads; worker++) {
            load.start(worker, work);
        }
        load.warm.await();
        System.out.println("ready pid=" + ProcessHandle.current().pid());
        while (System.in.read() >= 0) {
            // only the end counts
        }
        Runtime.getRuntime().halt(0);
    }

    private void start(int worker, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        for (int round = 0; ; round++) {
                            work.round(worker, round);
                            warm.countDown();
                            Thread.sleep(PAUSE_MILLIS);
                        }
                    } catch (Exception e) {
                        e.printStackTrace();
                        Runtime.getRuntime().halt(1);
                    }
                },
                "load-" + (worker + 1) + "-of-" + threads);
        thread.setDaemon(true);
        thread.start();
    }
}
