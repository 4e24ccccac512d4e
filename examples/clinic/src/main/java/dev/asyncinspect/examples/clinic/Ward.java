package dev.asyncinspect.examples.clinic;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Where a story is played: makes its threads and names, and waits until its end is reached. */
final class Ward {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long POLL_MILLIS = 5;
    private static final long PAUSE_MILLIS = 10;
    /** So many looks in a row must show the same before it is believed. */
    private static final int LOOKS = 6;
    /** Rounds after which a healthy worker counts as working. */
    private static final int ROUNDS = 3;

    private final boolean healthy;
    private final int size;
    private final ThreadKind kind;
    private final Names names;
    private final List<Thread> hired = new ArrayList<>();
    /** For each thread that works again and again, how often it has done so. */
    private final List<AtomicInteger> rounds = new ArrayList<>();

    private final List<Meeting> meetings = new ArrayList<>();
    /** The first failure of any thread; read by the main thread while it waits. */
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    Ward(boolean healthy, int size, ThreadKind kind, Names names) {
        this.healthy = healthy;
        this.size = size;
        this.kind = kind;
        this.names = names;
    }

    /** A place of the same kind for another story. */
    Ward beside(Fault story) {
        ThreadKind on = story.needsVirtualThreads() ? ThreadKind.VIRTUAL : kind;
        return new Ward(healthy, story.size().usual(), on, names);
    }

    boolean healthy() {
        return healthy;
    }

    int size() {
        return size;
    }

    Names names() {
        return names;
    }

    /** A place where that many threads wait for each other; in the healthy twin, a place like any other. */
    Meeting meeting(int parties) {
        Meeting meeting = new Meeting(healthy ? 0 : parties);
        meetings.add(meeting);
        return meeting;
    }

    /** Starts a worker: the sick version does its work once, its healthy twin the repaired work again and again. */
    Thread hire(String role, int number, Work sick, Work repaired) {
        if (healthy) {
            return work(role, number, repaired);
        }
        Thread thread = start(role, number, sick);
        hired.add(thread);
        return thread;
    }

    /** Starts a worker who does its work again and again. */
    Thread work(String role, int number, Work round) {
        AtomicInteger done = new AtomicInteger();
        rounds.add(done);
        return start(role, number, () -> workOn(round, done));
    }

    /** Starts a thread that does its work once. */
    Thread start(String role, int number, Work work) {
        Thread thread = unstarted(role, number, () -> {
            try {
                work.run();
            } catch (Exception e) {
                failure.compareAndSet(null, e);
                throw new IllegalStateException(e);
            }
        });
        thread.start();
        return thread;
    }

    /** A thread that somebody else will start. */
    Thread unstarted(String role, int number, Runnable work) {
        return make(names.of(role, number), number, work);
    }

    /** A pool with a fixed number of workers. */
    Crew crew(String role, int count) {
        return new Crew(count, (number, work) -> unstarted(role, number, work));
    }

    /** Waits for the end of the story, if it is that all hired threads are stuck (or, repaired, work). */
    void settle() {
        settle(hired);
    }

    /** The same, if it is those threads that get stuck. */
    void settle(Collection<Thread> threads) {
        if (healthy) {
            awaitWorking();
        } else {
            until("all have met", 1, () -> meetings.stream().allMatch(Meeting::isOver));
            awaitBlocked(threads);
        }
    }

    /** Waits until all who work again and again have done so. */
    void awaitWorking() {
        until("every worker works", 1, () -> rounds.stream().allMatch(done -> done.get() >= ROUNDS));
    }

    /** Waits until all those threads are blocked or wait. */
    void awaitBlocked(Collection<Thread> threads) {
        until("blocked: " + threads, LOOKS, () -> threads.stream().allMatch(Ward::isBlocked));
    }

    /** Waits until every search has gone on, several times. */
    void awaitProgress(List<Collatz> searches) {
        for (Collatz search : searches) {
            for (int look = 0; look < LOOKS; look++) {
                long before = search.tried();
                until("a search goes on", 1, () -> search.tried() > before);
            }
        }
    }

    /** Waits until something is true, and stays true for a few looks. */
    void until(String what, BooleanSupplier reached) {
        until(what, LOOKS, reached);
    }

    private void until(String what, int looks, BooleanSupplier reached) {
        long start = System.nanoTime();
        for (int seen = 0; seen < looks; ) {
            seen = reached.getAsBoolean() ? seen + 1 : 0;
            Throwable failed = failure.get();
            if (failed != null) {
                throw new IllegalStateException("a thread failed: " + failed, failed);
            }
            if (System.nanoTime() - start > PATIENCE_NANOS) {
                throw new IllegalStateException("not reached within 60 s: " + what);
            }
            pause(POLL_MILLIS);
        }
    }

    private static void workOn(Work work, AtomicInteger done) throws Exception {
        while (true) {
            work.run();
            done.incrementAndGet();
            pause(PAUSE_MILLIS);
        }
    }

    private static boolean isBlocked(Thread thread) {
        return switch (thread.getState()) {
            case BLOCKED, WAITING, TIMED_WAITING -> true;
            default -> false;
        };
    }

    private Thread make(String name, int number, Runnable work) {
        if (kind.isVirtual(number)) {
            return VirtualThreads.unstarted(name, work);
        }
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts a thread of the clinic", e);
        }
    }
}
