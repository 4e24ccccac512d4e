package dev.asyncinspect.examples.clinic;

import java.util.concurrent.locks.ReentrantLock;

/** Archivists before a vault that a colleague locked before she left for good. */
final class OwnerlessLock implements Fault {

    @Override
    public String name() {
        return "ownerless-lock";
    }

    @Override
    public String about() {
        return "archivists before a vault that a colleague locked before she left for good (ReentrantLock)";
    }

    @Override
    public Size size() {
        return Size.of("archivists who wait", 2, 1, 1000);
    }

    @Override
    public void start(Ward ward) throws InterruptedException {
        Vault vault = new Vault(new ReentrantLock());
        ward.start("retiree", 1, () -> vault.leave(ward.healthy())).join();
        for (int number = 1; number <= ward.size(); number++) {
            ward.hire("archivist", number, vault::visit, vault::visit);
        }
        ward.settle();
    }

    private record Vault(ReentrantLock lock) {

        void visit() {
            lock.lock();
            try {
                Thread.onSpinWait(); // A look at a map.
            } finally {
                lock.unlock();
            }
        }

        /** Repaired: she unlocks it before she leaves. */
        void leave(boolean unlocks) {
            lock.lock();
            if (unlocks) {
                lock.unlock();
            }
        }
    }
}
