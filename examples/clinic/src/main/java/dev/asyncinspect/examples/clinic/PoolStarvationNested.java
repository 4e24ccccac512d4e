package dev.asyncinspect.examples.clinic;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;

/** A hotel whose porters wait for the kitchen, and a kitchen that waits for a porter. */
final class PoolStarvationNested implements Fault {

    @Override
    public String name() {
        return "pool-starvation-nested";
    }

    @Override
    public String about() {
        return "porters who wait for a kitchen that waits for a porter: two pools inside each other (Future.get)";
    }

    @Override
    public Size size() {
        return Size.of("porters, and as many cooks", 1, 1, 1000);
    }

    @Override
    public void start(Ward ward) {
        int count = ward.size();
        Crew porters = ward.crew("porter", count);
        Crew cooks = ward.crew("cook", count);
        // Repaired: what the kitchen needs is fetched by somebody else.
        Crew errands = ward.healthy() ? ward.crew("errand", count) : porters;
        Hotel hotel = new Hotel(porters.pool(), cooks.pool(), errands.pool(), ward.meeting(count));
        for (int number = 1; number <= count; number++) {
            ward.hire("guest", number, hotel::order, hotel::order);
        }
        ward.settle(porters.threads());
        ward.settle(cooks.threads());
        ward.settle();
    }

    private record Hotel(ExecutorService porters, ExecutorService cooks, ExecutorService errands, Meeting rush) {

        String order() throws InterruptedException, ExecutionException {
            return porters.submit(this::carry).get();
        }

        private String carry() throws InterruptedException, ExecutionException {
            rush.arrive();
            return "tray with " + cooks.submit(this::cook).get();
        }

        private String cook() throws InterruptedException, ExecutionException {
            return errands.submit(() -> "eggs").get();
        }
    }
}
