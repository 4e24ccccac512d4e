package dev.asyncinspect.examples.clinic;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;

/** Masons who wait for bricks that only a mason of their own, fully busy gang would carry up. */
final class PoolStarvationLatch implements Fault {

    @Override
    public String name() {
        return "pool-starvation-latch";
    }

    @Override
    public String about() {
        return "masons who wait for a CountDownLatch that only tasks in the queue of their own pool count down";
    }

    @Override
    public Size size() {
        return Size.of("masons in the pool", 2, 1, 1000);
    }

    @Override
    public void start(Ward ward) {
        int count = ward.size();
        Crew gang = ward.crew("mason", count);
        // Repaired: bricks are carried by somebody else.
        Crew carriers = ward.healthy() ? ward.crew("labourer", count) : gang;
        Site site = new Site(gang.pool(), carriers.pool(), ward.meeting(count));
        for (int number = 1; number <= count; number++) {
            ward.hire("owner", number, site::order, site::order);
        }
        ward.settle(gang.threads());
        ward.settle();
    }

    private record Site(ExecutorService masons, ExecutorService carriers, Meeting rush) {

        void order() throws Exception {
            masons.submit(this::wall).get();
        }

        private void wall() {
            rush.arrive();
            CountDownLatch bricks = new CountDownLatch(2);
            for (int load = 0; load < 2; load++) {
                carriers.execute(bricks::countDown);
            }
            waitFor(bricks);
        }

        private static void waitFor(CountDownLatch bricks) {
            try {
                bricks.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException("nobody interrupts a mason", e);
            }
        }
    }
}
