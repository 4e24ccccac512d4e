package dev.asyncinspect.core.recorder;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;

/** On which threads followed tasks run. Any thread; never full, and never too little. */
final class FollowedPolls {

    /* A thread has a place, found by its id, that is counted up for each followed task which begins to run there. So that it is counted down
     * again, once and whoever ends the task, the task is written down with its thread. Where there is no room for that, or the end is never
     * told, the place stays counted up: threads that share it are told of more than is needed, which only costs time. */

    private static final int THREAD_PLACES_LOG = 14;
    private static final int TASK_PLACES_LOG = 12;
    private static final int TRIES = 8;
    private static final long CLAIMED = -1;
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final AtomicIntegerArray onThread = new AtomicIntegerArray(1 << THREAD_PLACES_LOG);
    /** Pairs: a task, 0 for none; the thread that it runs on. */
    private final AtomicLongArray running = new AtomicLongArray(2 << TASK_PLACES_LOG);

    /** A followed task runs on this thread from now on. */
    void enter(long task, long thread) {
        onThread.incrementAndGet(placeOf(thread));
        leave(task); // it may have been seen on another thread, and its end there not
        for (int i = 0; i < TRIES; i++) {
            int at = pairOf(task, i);
            if (running.get(at) == 0 && running.compareAndSet(at, 0, CLAIMED)) {
                running.set(at + 1, thread);
                running.set(at, task);
                return;
            }
        }
    }

    /** This task runs no longer, if it did. */
    void leave(long task) {
        for (int i = 0; i < TRIES; i++) {
            int at = pairOf(task, i);
            if (running.get(at) == task) {
                long thread = running.get(at + 1);
                if (running.compareAndSet(at, task, 0)) {
                    onThread.decrementAndGet(placeOf(thread));
                }
                return;
            }
        }
    }

    /** Whether one runs on this thread; perhaps also if none does. */
    boolean isAnyOn(long thread) {
        return onThread.get(placeOf(thread)) != 0;
    }

    private static int placeOf(long thread) {
        return (int) ((thread * GOLDEN) >>> (Long.SIZE - THREAD_PLACES_LOG));
    }

    private static int pairOf(long task, int attempt) {
        int place = (int) ((task * GOLDEN) >>> (Long.SIZE - TASK_PLACES_LOG)) + attempt;
        return (place & ((1 << TASK_PLACES_LOG) - 1)) * 2;
    }
}
