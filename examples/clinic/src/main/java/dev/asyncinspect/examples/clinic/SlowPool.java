package dev.asyncinspect.examples.clinic;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;

/** A ferry whose one cashier sells tickets to a busload at a time, and the next bus comes when the last has sailed. */
final class SlowPool implements Fault {

    private static final int PASSENGERS = 30;
    private static final long SELLING_MILLIS = 10;
    private static final long SAILING_MILLIS = 100;

    @Override
    public String name() {
        return "slow-pool";
    }

    @Override
    public String about() {
        return "passengers who spend most of their time in the queue of a pool, which a recording shows";
    }

    @Override
    public Size size() {
        return Size.fixed("passengers of a bus", PASSENGERS);
    }

    @Override
    public void start(Ward ward) {
        // Repaired: a cashier for each.
        Executor cashiers =
                ward.crew("cashier", ward.healthy() ? PASSENGERS : 1).pool();
        ward.work("bus", 1, () -> unload(cashiers));
        ward.awaitWorking();
    }

    private static void unload(Executor cashiers) throws InterruptedException {
        CountDownLatch queueing = new CountDownLatch(PASSENGERS);
        for (int i = 0; i < PASSENGERS; i++) {
            cashiers.execute(() -> sell(queueing));
        }
        queueing.await();
        Thread.sleep(SAILING_MILLIS);
    }

    private static void sell(CountDownLatch queueing) {
        try {
            Thread.sleep(SELLING_MILLIS);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts a cashier", e);
        }
        queueing.countDown();
    }
}
