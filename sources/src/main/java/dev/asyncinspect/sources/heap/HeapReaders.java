package dev.asyncinspect.sources.heap;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does pieces of work on several threads. */
final class HeapReaders {

    private HeapReaders() {}

    /**
     * What came of each, in the same order.
     *
     * @param most threads; nor are there more than cores
     * @throws DamagedHeapException if one of them threw it; the others are given up then
     */
    static <T> List<T> all(List<Callable<T>> works, int most) {
        int readers = Math.min(works.size(), Math.min(most, Runtime.getRuntime().availableProcessors()));
        if (readers == 0) {
            return List.of();
        }
        ExecutorService executor = Executors.newFixedThreadPool(readers, work -> {
            Thread thread = new Thread(work, "async-inspect-heap");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<T>> begun = new ArrayList<>();
            works.forEach(work -> begun.add(executor.submit(work)));
            List<T> results = new ArrayList<>();
            for (Future<T> work : begun) {
                results.add(work.get());
            }
            return results;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException told) {
                throw told;
            }
            if (e.getCause() instanceof Error error) {
                throw error; // no memory: told by whoever tells it of all commands
            }
            throw new IllegalStateException("a heap dump cannot be made sense of", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DamagedHeapException("reading it was interrupted");
        } finally {
            executor.shutdownNow();
        }
    }
}
