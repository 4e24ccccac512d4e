package dev.asyncinspect.examples.clinic;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/** Guests around a table who all take the fork to their left, then wait for the one to their right. */
final class LockCycleJuc implements Fault {

    @Override
    public String name() {
        return "lock-cycle-juc";
    }

    @Override
    public String about() {
        return "dinner guests in a ring, each holding the left fork and waiting for the right one (ReentrantLock)";
    }

    @Override
    public Size size() {
        return Size.of("guests around the table", 2, 2, 1000);
    }

    @Override
    public void start(Ward ward) {
        int count = ward.size();
        Table table = new Table(ward.meeting(count));
        List<ReentrantLock> forks =
                Stream.generate(ReentrantLock::new).limit(count).toList();
        for (int seat = 0; seat < count; seat++) {
            ReentrantLock left = forks.get(seat);
            ReentrantLock right = forks.get((seat + 1) % count);
            boolean last = seat == count - 1;
            // Repaired: the last guest begins with the right fork, and the ring is open.
            ward.hire(
                    "guest",
                    seat + 1,
                    () -> table.eat(left, right),
                    () -> table.eat(last ? right : left, last ? left : right));
        }
        ward.settle();
        if (!ward.healthy()) {
            ward.until("a guest waits for every fork", () -> forks.stream().allMatch(ReentrantLock::hasQueuedThreads));
        }
    }

    private record Table(Meeting gong) {

        void eat(ReentrantLock first, ReentrantLock second) {
            first.lock();
            try {
                gong.arrive();
                second.lock();
                try {
                    Thread.onSpinWait(); // A quick bite.
                } finally {
                    second.unlock();
                }
            } finally {
                first.unlock();
            }
        }
    }
}
