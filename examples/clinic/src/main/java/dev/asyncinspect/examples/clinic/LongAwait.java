package dev.asyncinspect.examples.clinic;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** A tailor who takes the measures of each customer in a moment, and forgets one in the fitting room. */
final class LongAwait implements Fault {

    private static final int ROOMS = 3;
    /** By then it is known how long it usually takes. */
    private static final int FORGOTTEN = 40;

    private static final long MEASURING_MILLIS = 5;

    @Override
    public String name() {
        return "long-await";
    }

    @Override
    public String about() {
        return "a customer who waits far longer than customers ever waited there, which a recording shows";
    }

    @Override
    public Size size() {
        return Size.fixed("fitting rooms", ROOMS);
    }

    @Override
    public void start(Ward ward) {
        ExecutorService rooms = ward.crew("room", ROOMS).pool();
        Executor tailor = ward.crew("tailor", 1).pool();
        AtomicInteger came = new AtomicInteger();
        // Repaired: nobody is forgotten.
        int forgotten = ward.healthy() ? -1 : FORGOTTEN;
        ward.work("street", 1, () -> {
            boolean isForgotten = came.incrementAndGet() == forgotten;
            Future<?> fitted = rooms.submit(() -> fit(tailor, isForgotten));
            if (!isForgotten) {
                fitted.get(); // so that customers never queue for a room
            }
        });
        ward.awaitWorking();
        ward.until("many have come", () -> came.get() > FORGOTTEN);
    }

    private static void fit(Executor tailor, boolean isForgotten) {
        CountDownLatch measured = new CountDownLatch(1);
        if (!isForgotten) {
            tailor.execute(() -> measure(measured));
        }
        await(measured);
    }

    private static void measure(CountDownLatch measured) {
        pause();
        measured.countDown();
    }

    private static void await(CountDownLatch measured) {
        try {
            measured.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts a fitting", e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(MEASURING_MILLIS);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts a tailor", e);
        }
    }
}
