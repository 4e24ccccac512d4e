package dev.asyncinspect.examples.clinic;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;

/** A pool with a fixed number of workers, all there from the start, and its threads to look at. */
final class Crew {

    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final ThreadPoolExecutor pool;

    /** Makes the pool; {@code makeThread} gets the number of the worker, from 1, and its work. */
    Crew(int count, BiFunction<Integer, Runnable, Thread> makeThread) {
        AtomicInteger number = new AtomicInteger();
        pool = new ThreadPoolExecutor(count, count, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
            Thread thread = makeThread.apply(number.incrementAndGet(), work);
            threads.add(thread);
            return thread;
        });
        pool.prestartAllCoreThreads();
    }

    ExecutorService pool() {
        return pool;
    }

    List<Thread> threads() {
        return threads;
    }
}
