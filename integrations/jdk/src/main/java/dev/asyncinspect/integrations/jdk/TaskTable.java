package dev.asyncinspect.integrations.jdk;

import dev.asyncinspect.core.recorder.Recorder;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/** Which task an object is that was handed to an executor: from then until it has run. Any thread; never locks. */
final class TaskTable {

    /*
     * Neither may the object be wrapped, because the program looks into its queues, nor can a field be added to classes that
     * are loaded. So: a table by identity, weakly held, of fixed size. An entry may lie in one of 16 places from its hash
     * on; all are looked at, so that taking one out leaves no trace to step over.
     *
     *   add     CAS into a place that is empty or whose object is gone
     *   begin   CAS of the runner from 0 in the oldest entry of that object: one object may be handed in many times at once, and queues
     *           give back in order what they got; else one of many would wait for ever, says the record, while new ones take its turn
     *   end     the entry of that object whose runner is this thread
     *
     * What finds its neighbourhood full is not told: a hole in the record, never a wait in the program. Whoever adds a task counts it
     * (Recorder.countUntold); a lock or future without room is told without a number.
     *
     * Beside the places lie the hashes of what they hold, sixteen of them a cache line: a place is looked at only if the hash is right, so a
     * look-up does not touch the entries of others, most of which have long ended. A hash is written after its place was taken, before
     * anybody else can ask for that object; that of what is gone may stay.
     *
     * The room is made when the first object comes: a program that is recorded from its start would wait for it, and most need one or two of
     * the tables.
     */

    private static final int BITS = 17;
    private static final int FEW_BITS = 10;
    private static final int NEAR = 16;

    private static final int SPREAD = 0x9E3779B9;

    private static final Room NO_ROOM = new Room(1);

    private final int bits;
    private final AtomicReference<Room> room = new AtomicReference<>(NO_ROOM);

    /** An empty table with the usual room. */
    TaskTable() {
        this(BITS);
    }

    private TaskTable(int bits) {
        this.bits = bits;
    }

    /** An empty table for the tasks of this recorder; next to no memory if nobody reads what it is told. */
    static TaskTable of(Recorder recorder) {
        return new TaskTable(recorder.isForNobody() ? FEW_BITS : BITS);
    }

    /** A task that waits to run or runs. */
    static final class Entry extends WeakReference<Object> {

        private static final AtomicLongFieldUpdater<Entry> RUNNER =
                AtomicLongFieldUpdater.newUpdater(Entry.class, "runner");
        private static final AtomicReferenceFieldUpdater<Entry, @Nullable AwaitedFuture> FUTURE =
                AtomicReferenceFieldUpdater.newUpdater(Entry.class, AwaitedFuture.class, "future");

        final long taskId;

        /** The thread that runs it, 0 if none does. Written by who begins and ends it, read by who completes it from outside. */
        private volatile long runner;

        /** Symbol of what it failed by; written and read by the runner alone. */
        int failure;

        /** The thread that handed it in, 0 unknown. Written before it is in the table. */
        long submitter;

        /** Whether it is counted among the forked ones. Written before it is in the table. */
        boolean isFork;

        /**
         * What it is, if it is no task but something that tasks hold or wait for; of a pool, how many workers it was last told to have.
         * Written before it is in the table; of a pool by any thread that hands something in.
         */
        int kind;

        /** Symbol of the code that it runs, 0 if that was not asked for. Written before it is in the table. */
        int code;

        /** What is told of who waits for it, null if nobody does. Written by who waits first and by who ends it. */
        private volatile @Nullable AwaitedFuture future;

        /** Of work that completes a future which is no task: that. Written before anybody can run it, read by who ends it. */
        @Nullable
        Entry completes;

        /** Where it lies. Written before it is in the table. */
        private int place;

        /** Whether it was told that it may run. Written by who makes it runnable, read by who runs it, which comes after. */
        boolean isRunnable;

        Entry(Object task, long taskId) {
            super(task);
            this.taskId = taskId;
        }

        @Nullable
        AwaitedFuture future() {
            return future;
        }

        /** What is told of who waits for it: this, unless somebody was first. */
        AwaitedFuture isAwaited(AwaitedFuture by) {
            return FUTURE.compareAndSet(this, null, by) ? by : Objects.requireNonNull(future);
        }

        /** It is over; what was told of who waits for it, null if nothing. */
        @Nullable
        AwaitedFuture isNoLongerAwaited() {
            return FUTURE.getAndSet(this, AwaitedFuture.NONE);
        }

        boolean isRun() {
            return runner != 0;
        }

        private boolean isRunBy(long threadId) {
            return runner == threadId;
        }

        private boolean begins(long threadId) {
            return RUNNER.compareAndSet(this, 0, threadId);
        }

        /** It may be run again: by itself later, or it was never more than begun. */
        void rest() {
            runner = 0;
        }
    }

    /** The places, and beside each the hash of what lies or lay there. */
    private static final class Room {

        private static final VarHandle INTS = MethodHandles.arrayElementVarHandle(int[].class);

        final AtomicReferenceArray<@Nullable Entry> entries;
        final int mask;
        private final int[] hashes;
        private final int shift;

        Room(int bits) {
            entries = new AtomicReferenceArray<>(1 << bits);
            hashes = new int[1 << bits];
            mask = (1 << bits) - 1;
            shift = Integer.SIZE - bits;
        }

        int start(int hash) {
            return (hash * SPREAD) >>> shift;
        }

        /** What lies there, if it can be what has this hash. */
        @Nullable
        Entry get(int place, int hash) {
            return (int) INTS.getOpaque(hashes, place) == hash ? entries.get(place) : null;
        }

        boolean put(int place, @Nullable Entry there, Entry entry, int hash, Object task) {
            try {
                if (!entries.compareAndSet(place, there, entry)) {
                    return false;
                }
                INTS.setOpaque(hashes, place, hash);
                return true;
            } finally {
                Reference.reachabilityFence(task); // the place is nobody else's before the hash is there
            }
        }
    }

    /** Keeps a task; false if there is no room. */
    boolean add(Entry entry, Object task) {
        Room room = madeRoom();
        int hash = System.identityHashCode(task);
        int start = room.start(hash);
        for (int i = 0; i < NEAR; i++) {
            int place = (start + i) & room.mask;
            Entry there = room.entries.get(place);
            entry.place = place;
            if ((there == null || there.refersTo(null)) && room.put(place, there, entry, hash, task)) {
                return true;
            }
        }
        return false;
    }

    private Room madeRoom() {
        Room made = room.get();
        if (made == NO_ROOM) {
            room.compareAndSet(NO_ROOM, new Room(bits));
            made = room.get();
        }
        return made;
    }

    /** The task that this object is and that nobody runs yet, now run by this thread; null if there is none. */
    @Nullable
    Entry begin(Object task, long threadId) {
        Room room = this.room.get();
        int hash = System.identityHashCode(task);
        int start = room.start(hash);
        while (true) {
            Entry oldest = null;
            for (int i = 0; i < NEAR; i++) {
                Entry entry = room.get((start + i) & room.mask, hash);
                if (entry != null
                        && (oldest == null || entry.taskId < oldest.taskId)
                        && entry.refersTo(task)
                        && !entry.isRun()) {
                    oldest = entry;
                }
            }
            if (oldest == null || oldest.begins(threadId)) {
                return oldest; // else another thread has begun that one, so one is less
            }
        }
    }

    /** The task that this object is and this thread runs; 0 asks for one that nobody runs. Null if there is none. */
    @Nullable
    Entry find(Object task, long threadId) {
        Room room = this.room.get();
        int hash = System.identityHashCode(task);
        int start = room.start(hash);
        for (int i = 0; i < NEAR; i++) {
            Entry entry = room.get((start + i) & room.mask, hash);
            if (entry != null && entry.refersTo(task) && entry.isRunBy(threadId)) {
                return entry;
            }
        }
        return null;
    }

    /** The task that this object is, whether it is run or not; null if there is none. */
    @Nullable
    Entry any(Object task) {
        Room room = this.room.get();
        int hash = System.identityHashCode(task);
        int start = room.start(hash);
        for (int i = 0; i < NEAR; i++) {
            Entry entry = room.get((start + i) & room.mask, hash);
            if (entry != null && entry.refersTo(task)) {
                return entry;
            }
        }
        return null;
    }

    /** The first in order of what was added for this object, also by another thread that is just about to; null if there is none. */
    @Nullable
    Entry first(Object task) {
        Room room = this.room.get();
        int start = room.start(System.identityHashCode(task));
        for (int i = 0; i < NEAR; i++) {
            Entry entry = room.entries.get((start + i) & room.mask);
            if (entry != null && entry.refersTo(task)) {
                return entry;
            }
        }
        return null;
    }

    /** Forgets a task; false if somebody else did. */
    boolean remove(Entry entry) {
        return room.get().entries.compareAndSet(entry.place, entry, null);
    }
}
