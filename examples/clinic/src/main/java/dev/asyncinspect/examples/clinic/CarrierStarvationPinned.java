package dev.asyncinspect.examples.clinic;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Two pilots who wait for the lock inside a static initialiser and keep both carriers meanwhile, so that the captain to whom the
 * lock was left gets none. An initialiser pins on every JDK, synchronized only before 24.
 */
final class CarrierStarvationPinned implements Fault {

    private static final int CARRIERS = 2;

    /** Fair: the first who waits is the next who gets it. */
    private static final ReentrantLock LOCK = new ReentrantLock(true);

    private static final AtomicInteger PASSED = new AtomicInteger();

    private static volatile boolean healthy;

    @Override
    public String name() {
        return "carrier-starvation-pinned";
    }

    @Override
    public String about() {
        return "virtual threads that wait while pinned and keep all carriers from the one who has the lock (virtual only)";
    }

    @Override
    public Size size() {
        return Size.fixed("carriers of the JVM", CARRIERS);
    }

    @Override
    public boolean needsVirtualThreads() {
        return true;
    }

    @Override
    public void start(Ward ward) {
        VirtualThreads.fixCarriers(CARRIERS);
        healthy = ward.healthy();
        Work pass = CarrierStarvationPinned::pass;
        Thread captain;
        Thread first;
        Thread second;
        LOCK.lock();
        try {
            captain = ward.hire("captain", 1, pass, pass);
            ward.until("the captain is the next", () -> LOCK.hasQueuedThread(captain));
            first = ward.hire("pilot", 1, () -> use(North.CHART), pass);
            second = ward.hire("pilot", 2, () -> use(South.CHART), pass);
            ward.until("the pilots wait", () -> LOCK.hasQueuedThread(first) && LOCK.hasQueuedThread(second));
            ward.awaitBlocked(List.of(captain, first, second));
        } finally {
            LOCK.unlock();
        }
        if (ward.healthy()) {
            ward.settle();
        } else {
            ward.until("the captain may go and does not", () -> captain.getState() == Thread.State.RUNNABLE);
        }
    }

    private static void pass() {
        LOCK.lock();
        try {
            PASSED.incrementAndGet();
        } finally {
            LOCK.unlock();
        }
    }

    private static int chart() {
        if (!healthy) {
            pass();
        }
        return 1;
    }

    private static void use(int chart) {
        if (chart < 0) {
            throw new IllegalStateException("no such chart");
        }
    }

    private static final class North {
        static final int CHART = chart();
    }

    private static final class South {
        static final int CHART = chart();
    }
}
