package dev.asyncinspect.examples.clinic;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** A librarian who reads the catalogue, misses a title, and wants to write it in without ceasing to read. */
final class SelfDeadlock implements Fault {

    @Override
    public String name() {
        return "self-deadlock";
    }

    @Override
    public String about() {
        return "a librarian who wants to write into the catalogue while still holding the read lock on it";
    }

    @Override
    public Size size() {
        return Size.of("librarians, each with a catalogue", 1, 1, 1000);
    }

    @Override
    public void start(Ward ward) {
        for (int number = 1; number <= ward.size(); number++) {
            Catalogue catalogue = new Catalogue();
            ward.hire("librarian", number, () -> catalogue.find("Emma"), () -> catalogue.findOrEnter("Emma"));
        }
        ward.settle();
    }

    private static final class Catalogue {

        private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
        private final Map<String, Integer> shelves = new HashMap<>();

        int find(String title) {
            lock.readLock().lock();
            try {
                Integer shelf = shelves.get(title);
                return shelf != null ? shelf : enter(title);
            } finally {
                lock.readLock().unlock();
            }
        }

        /** Repaired: the read lock is given back first. */
        int findOrEnter(String title) {
            Integer shelf;
            lock.readLock().lock();
            try {
                shelf = shelves.get(title);
            } finally {
                lock.readLock().unlock();
            }
            return shelf != null ? shelf : enter(title);
        }

        private int enter(String title) {
            lock.writeLock().lock();
            try {
                return shelves.merge(title, shelves.size() + 1, (known, wanted) -> known);
            } finally {
                lock.writeLock().unlock();
            }
        }
    }
}
