package dev.asyncinspect.examples.clinic;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A night watchman who stumbles on his second round, and whom nobody misses. */
final class SwallowedFailure implements Fault {

    /** Kept to call the watchmen back one day. */
    private static final List<ScheduledFuture<?>> WATCHES = new ArrayList<>();

    @Override
    public String name() {
        return "swallowed-failure";
    }

    @Override
    public String about() {
        return "watchmen whose rounds end with an exception that nobody sees (scheduleAtFixedRate)";
    }

    @Override
    public Size size() {
        return Size.of("watchmen", 1, 1, 1000);
    }

    @Override
    public void start(Ward ward) {
        for (int number = 1; number <= ward.size(); number++) {
            int watchman = number;
            ScheduledExecutorService night =
                    Executors.newScheduledThreadPool(1, work -> ward.unstarted("watchman", watchman, work));
            Rounds rounds = new Rounds(new AtomicInteger());
            // Repaired: who stumbles gets up again.
            ScheduledFuture<?> watch = night.scheduleAtFixedRate(
                    ward.healthy() ? rounds::walkOn : rounds::walk, 0, 10, TimeUnit.MILLISECONDS);
            WATCHES.add(watch);
            if (ward.healthy()) {
                ward.until("the watchman makes his rounds", () -> rounds.made().get() > 3);
            } else {
                ward.until("the watchman has stumbled", watch::isDone);
            }
        }
    }

    private record Rounds(AtomicInteger made) {

        void walk() {
            if (made.incrementAndGet() == 2) {
                throw new IllegalStateException("the stairs are dark");
            }
        }

        void walkOn() {
            try {
                walk();
            } catch (IllegalStateException e) {
                // He rubs his knee.
            }
        }
    }
}
