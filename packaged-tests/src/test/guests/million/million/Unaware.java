package million;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import java.util.function.Supplier;

/** Tasks of the JDK, each of a class of this program, some of which fail. */
public final class Unaware implements Million.Crowd {

    /** Where threads are not virtual they take long, and their names fill the table of names. */
    private static final int PLATFORM_THREADS = 10;

    private static final int AT_ONCE = 500;
    private static final int FAILS_EVERY = 100;

    /** Of virtual threads, null where there are none. */
    private static final ThreadFactory THREADS = threads();

    private final ExecutorService pool = Executors.newFixedThreadPool(2, task -> {
        Thread thread = new Worker(task);
        thread.setDaemon(true);
        return thread;
    });
    private final Semaphore permits = new Semaphore(2);

    @Override
    public void run(int tasks) throws Exception {
        int threadsAtOnce = THREADS == null ? PLATFORM_THREADS : AT_ONCE;
        for (int done = 0; done < tasks; done += threadsAtOnce + 6 * AT_ONCE) {
            CountDownLatch over = new CountDownLatch(threadsAtOnce);
            List<Future<?>> results = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                boolean fails = i % FAILS_EVERY == 0;
                if (i < threadsAtOnce) {
                    Runnable work = new OnThread(over, fails);
                    Thread thread = THREADS == null ? new Thread(work, "on a thread") : THREADS.newThread(work);
                    thread.setUncaughtExceptionHandler((ended, error) -> {});
                    thread.start();
                }
                results.add(pool.submit(new InPool(permits, fails)));
                results.add(CompletableFuture.supplyAsync(new Supplied(fails), pool).thenApply(new Applied()));
                results.add(ForkJoinPool.commonPool().submit(new Forked(2)));
            }
            over.await();
            for (Future<?> result : results) {
                end(result);
            }
        }
    }

    private static void end(Future<?> result) throws InterruptedException {
        try {
            result.get();
        } catch (java.util.concurrent.ExecutionException e) {
            if (!(e.getCause() instanceof Broken)) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void plant(Object object) throws Exception {
        Million.plantInBridge(object);
    }

    private static ThreadFactory threads() {
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            return (ThreadFactory) Class.forName("java.lang.Thread$Builder").getMethod("factory").invoke(builder);
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }

    private static final class Worker extends Thread {
        Worker(Runnable task) {
            super(task, "worker");
        }
    }

    static final class Broken extends RuntimeException {
        Broken() {
            super("wanted by the test");
        }
    }

    record OnThread(CountDownLatch over, boolean fails) implements Runnable {
        @Override
        public void run() {
            over.countDown();
            if (fails) {
                throw new Broken();
            }
        }
    }

    record InPool(Semaphore permits, boolean fails) implements Callable<Object> {
        @Override
        public Object call() throws Exception {
            permits.acquire();
            try {
                if (fails) {
                    throw new Broken();
                }
                return this;
            } finally {
                permits.release();
            }
        }
    }

    record Supplied(boolean fails) implements Supplier<Object> {
        @Override
        public Object get() {
            if (fails) {
                throw new Broken();
            }
            return this;
        }
    }

    record Applied() implements Function<Object, Object> {
        @Override
        public Object apply(Object before) {
            return this;
        }
    }

    static final class Forked extends RecursiveAction {
        private final int parts;

        Forked(int parts) {
            this.parts = parts;
        }

        @Override
        protected void compute() {
            if (parts > 1) {
                invokeAll(new Forked(1), new Forked(1));
            }
        }
    }
}
