package dev.asyncinspect.examples.clinic;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** A foreman who will go home when his whole gang has gone, and is one of the gang. */
final class SelfDeadlockPool implements Fault {

    @Override
    public String name() {
        return "self-deadlock-pool";
    }

    @Override
    public String about() {
        return "a foreman who waits in a task of his own pool for the end of that pool";
    }

    @Override
    public Size size() {
        return Size.of("foremen, each with a pool", 1, 1, 1000);
    }

    @Override
    public void start(Ward ward) {
        for (int number = 1; number <= ward.size(); number++) {
            int which = number;
            if (ward.healthy()) {
                ward.work("owner", which, () -> closedFromOutside(ward, which));
            } else {
                Crew gang = gang(ward, which);
                gang.pool().execute(() -> goHomeLast(gang.pool()));
                ward.awaitBlocked(gang.threads());
            }
        }
        ward.settle();
    }

    private static Crew gang(Ward ward, int number) {
        return new Crew(1, (worker, work) -> ward.unstarted("foreman", number, work));
    }

    /** Repaired: somebody who is no task of the pool waits for its end. */
    private static void closedFromOutside(Ward ward, int number) {
        Crew gang = gang(ward, number);
        gang.pool().execute(gang.pool()::shutdown);
        goHomeLast(gang.pool());
    }

    private static void goHomeLast(ExecutorService gang) {
        gang.shutdown();
        try {
            gang.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts a foreman", e);
        }
    }
}
