package dev.asyncinspect.examples.clinic;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** A kitchen where every cook gives the side dish to his own, fully busy brigade and waits for it. */
final class PoolStarvation implements Fault {

    @Override
    public String name() {
        return "pool-starvation";
    }

    @Override
    public String about() {
        return "cooks who submit a side dish to their own pool and wait for it, all at once (Future.get)";
    }

    @Override
    public Size size() {
        return Size.of("cooks in the pool", 2, 1, 1000);
    }

    @Override
    public void start(Ward ward) {
        int count = ward.size();
        Crew brigade = ward.crew("cook", count);
        // Repaired: side dishes are made by somebody else.
        Crew helpers = ward.healthy() ? ward.crew("helper", count) : brigade;
        Kitchen kitchen = new Kitchen(brigade.pool(), helpers.pool(), ward.meeting(count));
        for (int number = 1; number <= count; number++) {
            ward.hire("guest", number, kitchen::serve, kitchen::serve);
        }
        ward.settle(brigade.threads());
        ward.settle();
    }

    private record Kitchen(ExecutorService brigade, ExecutorService helpers, Meeting rush) {

        String serve() throws InterruptedException, ExecutionException {
            return brigade.submit(this::cookDinner).get();
        }

        private String cookDinner() throws InterruptedException, ExecutionException {
            rush.arrive();
            Future<String> side = helpers.submit(() -> "beans");
            return "steak with " + side.get();
        }
    }
}
