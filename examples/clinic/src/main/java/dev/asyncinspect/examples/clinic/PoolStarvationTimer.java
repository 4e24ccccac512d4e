package dev.asyncinspect.examples.clinic;

import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/** A bell-ringer who waits, in the middle of a peal, for a bell that he himself is to ring next. */
final class PoolStarvationTimer implements Fault {

    @Override
    public String name() {
        return "pool-starvation-timer";
    }

    @Override
    public String about() {
        return "a task of a java.util.Timer that waits for another task of the same timer";
    }

    @Override
    public Size size() {
        return Size.of("bell-ringers, each a timer", 1, 1, 1000);
    }

    @Override
    public void start(Ward ward) {
        for (int number = 1; number <= ward.size(); number++) {
            Timer ringer = new Timer(ward.names().of("ringer", number), true);
            // Repaired: the answer comes from another tower.
            Timer answering = ward.healthy() ? new Timer(ward.names().of("echo", number), true) : ringer;
            Tower tower = new Tower(ringer, answering, new AtomicReference<>());
            ward.hire("parson", number, tower::ring, tower::ring);
            if (!ward.healthy()) {
                ward.until("the ringer waits", () -> {
                    Thread waiting = tower.waiting().get();
                    return waiting != null && waiting.getState() == Thread.State.WAITING;
                });
            }
        }
        ward.settle();
    }

    private record Tower(Timer ringer, Timer answering, AtomicReference<Thread> waiting) {

        void ring() throws InterruptedException {
            CountDownLatch rung = new CountDownLatch(1);
            ringer.schedule(task(() -> peal(rung)), 0);
            rung.await();
        }

        private void peal(CountDownLatch rung) {
            CountDownLatch answer = new CountDownLatch(1);
            answering.schedule(task(answer::countDown), 0);
            waiting.set(Thread.currentThread());
            waitFor(answer);
            rung.countDown();
        }

        private static void waitFor(CountDownLatch answer) {
            try {
                answer.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException("nobody interrupts a ringer", e);
            }
        }

        private static TimerTask task(Runnable work) {
            return new TimerTask() {
                @Override
                public void run() {
                    work.run();
                }
            };
        }
    }
}
