package dev.asyncinspect.agent.jdk;

import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Threads of a test that are stopped, whatever they do, when it ends. */
final class Actors implements AutoCloseable {

    /** What an actor does; it is interrupted at the end. */
    interface Part {

        void play() throws Exception;
    }

    private final List<Thread> threads = new ArrayList<>();

    Thread platform(Part part) {
        Thread thread = new Thread(() -> play(part));
        thread.setDaemon(true);
        thread.start();
        threads.add(thread);
        return thread;
    }

    /** On a virtual thread, which the language level of the tests does not know. */
    Thread virtual(Part part) {
        try {
            Runnable body = () -> play(part);
            Thread thread = (Thread)
                    Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, body);
            threads.add(thread);
            return thread;
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    /** Waits until this thread waits. */
    static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.BLOCKED) {
            if (!thread.isAlive() && thread.getState() == Thread.State.TERMINATED) {
                throw new AssertionError(thread + " has ended");
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** Waits until this thread waits for a time. */
    static void awaitTimedWaiting(Thread thread) {
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            if (thread.getState() == Thread.State.TERMINATED) {
                throw new AssertionError(thread + " has ended");
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    void forget() {
        threads.clear();
    }

    private static void play(Part part) {
        try {
            part.play();
        } catch (Exception e) {
            // interrupted: the test is over
        }
    }

    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
    }
}
