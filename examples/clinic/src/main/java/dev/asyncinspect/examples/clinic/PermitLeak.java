package dev.asyncinspect.examples.clinic;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/** A bath with a few locker keys, and early swimmers who took theirs home when the water was too cold. */
final class PermitLeak implements Fault {

    @Override
    public String name() {
        return "permit-leak";
    }

    @Override
    public String about() {
        return "swimmers who wait for locker keys that others have taken home (Semaphore)";
    }

    @Override
    public Size size() {
        return Size.of("keys", 2, 1, 100);
    }

    @Override
    public void start(Ward ward) throws InterruptedException {
        Bath bath = new Bath(new Semaphore(ward.size()));
        if (!ward.healthy()) {
            List<Thread> early = new ArrayList<>();
            for (int number = 1; number <= ward.size(); number++) {
                early.add(ward.start("early-swimmer", number, bath::swim));
            }
            for (Thread swimmer : early) {
                swimmer.join();
            }
        }
        for (int number = 1; number <= 2; number++) {
            ward.hire("swimmer", number, bath::swim, bath::swimCarefully);
        }
        ward.settle();
    }

    private record Bath(Semaphore keys) {

        void swim() throws InterruptedException {
            keys.acquire();
            if (isCold()) {
                return;
            }
            keys.release();
        }

        /** Repaired: the key is given back on every way out. */
        void swimCarefully() throws InterruptedException {
            keys.acquire();
            try {
                isCold();
            } finally {
                keys.release();
            }
        }

        private static boolean isCold() {
            return true;
        }
    }
}
