package dev.asyncinspect.agent.jdk;

import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/** What of Netty's timer of this name matters to its reader. */
final class HashedWheelTimer {

    private final Queue<HashedWheelTimeout> timeouts;
    private final HashedWheelBucket[] wheel = {new HashedWheelBucket(), new HashedWheelBucket()};
    private final CountDownLatch awaited;

    HashedWheelTimer(CountDownLatch awaited, Queue<HashedWheelTimeout> timeouts) {
        this.awaited = awaited;
        this.timeouts = timeouts;
    }

    HashedWheelTimer(CountDownLatch awaited) {
        this(awaited, new LinkedBlockingQueue<>());
    }

    void handIn(Runnable task, int state) {
        timeouts.add(new HashedWheelTimeout(task, state));
    }

    void intoWheel(Runnable task) {
        HashedWheelTimeout timeout = new HashedWheelTimeout(task, 0);
        timeout.next = wheel[1].head;
        wheel[1].head = timeout;
    }

    Runnable worker() {
        return new Worker();
    }

    /** Runs what is due, which in this case waits for a latch. */
    private final class Worker implements Runnable {

        @Override
        public void run() {
            try {
                awaited.await();
            } catch (InterruptedException e) {
                // the test is over
            }
        }
    }

    static final class HashedWheelTimeout {
        private final Runnable task;
        private final int state;
        private HashedWheelTimeout next;

        private HashedWheelTimeout(Runnable task, int state) {
            this.task = task;
            this.state = state;
        }

        @Override
        public String toString() {
            return task + " " + state + " " + next;
        }
    }

    private static final class HashedWheelBucket {
        private HashedWheelTimeout head;

        @Override
        public String toString() {
            return String.valueOf(head);
        }
    }
}
