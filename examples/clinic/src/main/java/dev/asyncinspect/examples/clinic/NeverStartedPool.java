package dev.asyncinspect.examples.clinic;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A taxi office that takes orders and has no driver: whoever was to hire them gives none. */
final class NeverStartedPool implements Fault {

    @Override
    public String name() {
        return "never-started-pool";
    }

    @Override
    public String about() {
        return "travellers who wait for a taxi whose office has no driver (a thread factory that gives null)";
    }

    @Override
    public Size size() {
        return Size.of("travellers", 1, 1, 1000);
    }

    @Override
    public void start(Ward ward) {
        // Repaired: there is a driver.
        Office office = new Office(ward.healthy() ? work -> ward.unstarted("driver", 1, work) : work -> null);
        for (int number = 1; number <= ward.size(); number++) {
            ward.hire("traveller", number, office::ride, office::ride);
        }
        ward.settle();
    }

    private static final class Office {

        private final ThreadPoolExecutor drivers;

        Office(ThreadFactory factory) {
            drivers = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
        }

        String ride() throws InterruptedException, ExecutionException {
            return drivers.submit(() -> "to the station").get();
        }
    }
}
