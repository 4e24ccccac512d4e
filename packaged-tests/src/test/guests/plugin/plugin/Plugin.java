package plugin;

import dev.asyncinspect.core.Inspect;
import dev.asyncinspect.core.TaskGuard;
import dev.asyncinspect.core.Trace;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;

/** A part of a program that comes with a copy of the library, works for a while, and goes. */
public final class Plugin implements Runnable, BiConsumer<Object, Object> {

    private static final Semaphore PERMITS = new Semaphore(1);
    private static final ReentrantLock LOCK = new ReentrantLock();

    @Override
    public void run() {
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            for (int i = 0; i < 200; i++) {
                CompletableFuture<Integer> begun = new CompletableFuture<>();
                CountDownLatch over = new CountDownLatch(1);
                Thread thread = Executors.defaultThreadFactory().newThread(() -> {
                    over.countDown();
                    throw new Failure();
                });
                thread.setUncaughtExceptionHandler((ended, error) -> {});
                thread.start();
                pool.submit(() -> work(begun));
                Inspect.spawn("spawned", () -> begun.complete(1)).get();
                try (TaskGuard task = Inspect.begin("by hand")) {
                    task.complete();
                }
                add(begun.thenApplyAsync(it -> it + 1, pool));
                over.await();
                thread.join();
            }
            pool.shutdown();
            if (!pool.awaitTermination(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException("the pool of the plugin does not end");
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void work(CompletableFuture<Integer> begun) {
        PERMITS.acquireUninterruptibly();
        LOCK.lock();
        try {
            begun.join();
        } finally {
            LOCK.unlock();
            PERMITS.release();
        }
    }

    @Trace
    private static int add(CompletableFuture<Integer> begun) {
        return begun.join();
    }

    @Override
    public void accept(Object one, Object other) {}

    private static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
