package dev.asyncinspect.integrations.jdk;

import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Which task an object is that was handed to an executor: from then until it has run. Any thread; never locks. */
final class TaskTable {

    /*
     * Neither may the object be wrapped, because the program looks into its queues, nor can a field be added to classes that
     * are loaded. So: a table by identity, weakly held, of fixed size. An entry may lie in one of 16 places from its hash
     * on; all are looked at, so that taking one out leaves no trace to step over.
     *
     *   add     CAS into a place that is empty or whose object is gone
     *   begin   CAS of the runner from 0 in an entry of that object: one object may be handed in many times at once
     *   end     the entry of that object whose runner is this thread
     *
     * A full neighbourhood is counted, and that task is not told: a hole in the record, never a wait in the program.
     */

    private static final int PLACES = 1 << 17;
    private static final int NEAR = 16;

    private final AtomicReferenceArray<@Nullable Entry> places = new AtomicReferenceArray<>(PLACES);
    private final AtomicLong untold = new AtomicLong();

    /** A task that waits to run or runs. */
    static final class Entry extends WeakReference<Object> {

        final long taskId;

        /** The thread that runs it, 0 if none does. Written by who begins and ends it, read by who completes it from outside. */
        private final AtomicLong runner = new AtomicLong();

        /** Symbol of what it failed by; written and read by the runner alone. */
        int failure;

        /** The thread that handed it in, 0 unknown. Written before it is in the table. */
        long submitter;

        /** Whether it is counted among the forked ones. Written before it is in the table. */
        boolean isFork;

        /** What it is, if it is no task but something that tasks hold or wait for. Written before it is in the table. */
        int kind;

        /** Whether it was told that it may run. Written by who makes it runnable, read by who runs it, which comes after. */
        boolean isRunnable;

        Entry(Object task, long taskId) {
            super(task);
            this.taskId = taskId;
        }

        boolean isRun() {
            return runner.get() != 0;
        }

        /** It may be run again: by itself later, or it was never more than begun. */
        void rest() {
            runner.set(0);
        }
    }

    /** Keeps a task; false if there is no room. */
    boolean add(Entry entry, Object task) {
        int start = place(task);
        for (int i = 0; i < NEAR; i++) {
            int place = (start + i) & (PLACES - 1);
            Entry there = places.get(place);
            if ((there == null || there.refersTo(null)) && places.compareAndSet(place, there, entry)) {
                return true;
            }
        }
        untold.incrementAndGet();
        return false;
    }

    /** The task that this object is and that nobody runs yet, now run by this thread; null if there is none. */
    @Nullable
    Entry begin(Object task, long threadId) {
        int start = place(task);
        for (int i = 0; i < NEAR; i++) {
            Entry entry = places.get((start + i) & (PLACES - 1));
            if (entry != null && entry.refersTo(task) && entry.runner.compareAndSet(0, threadId)) {
                return entry;
            }
        }
        return null;
    }

    /** The task that this object is and this thread runs; 0 asks for one that nobody runs. Null if there is none. */
    @Nullable
    Entry find(Object task, long threadId) {
        int start = place(task);
        for (int i = 0; i < NEAR; i++) {
            Entry entry = places.get((start + i) & (PLACES - 1));
            if (entry != null && entry.refersTo(task) && entry.runner.get() == threadId) {
                return entry;
            }
        }
        return null;
    }

    /** The task that this object is, whether it is run or not; null if there is none. */
    @Nullable
    Entry any(Object task) {
        int start = place(task);
        for (int i = 0; i < NEAR; i++) {
            Entry entry = places.get((start + i) & (PLACES - 1));
            if (entry != null && entry.refersTo(task)) {
                return entry;
            }
        }
        return null;
    }

    /** Forgets a task; false if somebody else did. */
    boolean remove(Object task, Entry entry) {
        int start = place(task);
        for (int i = 0; i < NEAR; i++) {
            if (places.compareAndSet((start + i) & (PLACES - 1), entry, null)) {
                return true;
            }
        }
        return false;
    }

    /** How many tasks found no room. */
    long untold() {
        return untold.get();
    }

    private static int place(Object task) {
        int hash = System.identityHashCode(task) * 0x9E3779B9;
        return hash >>> (Integer.SIZE - 17);
    }
}
