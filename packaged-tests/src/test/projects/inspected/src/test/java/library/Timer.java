package library;

import java.util.concurrent.CountDownLatch;

/** A library that keeps a virtual thread for all who use it. */
public final class Timer {

    private static final CountDownLatch NEVER = new CountDownLatch(1);

    private Timer() {}

    public static void start() throws ReflectiveOperationException {
        Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, (Runnable) Timer::run);
    }

    private static void run() {
        try {
            NEVER.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
