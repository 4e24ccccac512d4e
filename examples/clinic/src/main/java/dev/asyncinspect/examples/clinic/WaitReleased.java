package dev.asyncinspect.examples.clinic;

import java.util.ArrayList;
import java.util.List;

/**
 * A control, not a fault: customers of a bakery wait inside monitors that a thread dump lists as locked by each of them,
 * although {@code wait()} has released them. Each seems to wait for what the others hold; all of them are served.
 */
final class WaitReleased implements Fault {

    @Override
    public String name() {
        return "wait-released";
    }

    @Override
    public String about() {
        return "control, nothing is wrong: bakery customers in Object.wait() on nested monitors, which looks like a cycle";
    }

    @Override
    public Size size() {
        return Size.of("customers", 3, 2, 1000);
    }

    @Override
    public void start(Ward ward) {
        Bakery bakery = new Bakery();
        List<Thread> customers = new ArrayList<>();
        for (int number = 1; number <= ward.size(); number++) {
            Object basket = new Object();
            Work buy = number % 2 == 1 ? () -> bakery.buy(basket) : () -> bakery.buyFromInside(basket);
            customers.add(ward.start("customer", number, () -> buyForEver(buy)));
        }
        ward.work("baker", 1, bakery::bake);
        ward.awaitWorking();
        ward.awaitBlocked(customers);
    }

    /** No pause between: whenever somebody looks, customers wait. */
    private static void buyForEver(Work buy) throws Exception {
        while (true) {
            buy.run();
        }
    }

    private static final class Bakery {

        private static final int BAKING_MILLIS = 60;

        private final Object oven = new Object();
        private long batch;

        /** First the basket, then the oven. */
        void buy(Object basket) throws InterruptedException {
            synchronized (basket) {
                synchronized (oven) {
                    awaitBatch();
                }
            }
        }

        /** The other way round; and the oven again, which is no other lock. */
        void buyFromInside(Object basket) throws InterruptedException {
            synchronized (oven) {
                synchronized (basket) {
                    synchronized (oven) {
                        awaitBatch();
                    }
                }
            }
        }

        void bake() throws InterruptedException {
            Thread.sleep(BAKING_MILLIS);
            synchronized (oven) {
                batch++;
                oven.notifyAll();
            }
        }

        private void awaitBatch() throws InterruptedException {
            synchronized (oven) {
                long wanted = batch + 1;
                while (batch < wanted) {
                    oven.wait();
                }
            }
        }
    }
}
