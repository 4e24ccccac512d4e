package dev.asyncinspect.examples.clinic;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** Couriers in a ring of offices, some of which have a door (a monitor) and some a turnstile (a ReentrantLock). */
final class LockCycleMixed implements Fault {

    @Override
    public String name() {
        return "lock-cycle-mixed";
    }

    @Override
    public String about() {
        return "couriers in a ring of offices, monitors and ReentrantLocks in turn (--threads mixed: threads in turn too)";
    }

    @Override
    public Size size() {
        return Size.of("offices in the ring", 2, 2, 1000);
    }

    @Override
    public void start(Ward ward) {
        int count = ward.size();
        Meeting lunch = ward.meeting(count);
        List<Office> offices = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            offices.add(number % 2 == 1 ? new Archive() : new Station());
        }
        for (int i = 0; i < count; i++) {
            Office here = offices.get(i);
            Office next = offices.get((i + 1) % count);
            boolean last = i == count - 1;
            Runnable nothing = () -> {};
            // Repaired: all go from the lower office to the higher one.
            Office first = last ? next : here;
            Office second = last ? here : next;
            ward.hire(
                    "courier",
                    i + 1,
                    () -> here.visit(() -> carry(lunch, next)),
                    () -> first.visit(() -> second.visit(nothing)));
        }
        ward.settle();
    }

    private static void carry(Meeting lunch, Office next) {
        lunch.arrive();
        next.visit(() -> {});
    }

    private sealed interface Office {

        /** Does something inside, where there is room for one. */
        void visit(Runnable inside);
    }

    private static final class Archive implements Office {

        private final Object door = new Object();

        @Override
        public void visit(Runnable inside) {
            synchronized (door) {
                inside.run();
            }
        }
    }

    private static final class Station implements Office {

        private final ReentrantLock turnstile = new ReentrantLock();

        @Override
        public void visit(Runnable inside) {
            turnstile.lock();
            try {
                inside.run();
            } finally {
                turnstile.unlock();
            }
        }
    }
}
