import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Tasks of all kinds that start tasks of all kinds, as a seed wills: {@code Trees SEED}. Each writes down what it knows of itself;
 * the lines are printed at the end: {@code number kind parent thread begin end parked outcome}. Task 0 is {@code main}.
 */
public final class Trees {

    private static final int DEEPEST = 4;
    private static final int MOST_CHILDREN = 4;

    private final long seed;
    private final Queue<String> known = new ConcurrentLinkedQueue<>();
    private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();
    private final Phaser running = new Phaser(1);
    private final ExecutorService pool = Executors.newCachedThreadPool();
    private final ScheduledExecutorService later = Executors.newScheduledThreadPool(1);
    private final ThreadFactory virtual = virtual();

    private Trees(long seed) {
        this.seed = seed;
    }

    public static void main(String[] args) throws Exception {
        Trees trees = new Trees(Long.parseLong(args[0]));
        trees.children(0, 0, new Random(trees.seed));
        trees.running.arriveAndAwaitAdvance();
        trees.pool.shutdown();
        trees.later.shutdownNow();
        for (Thread thread : trees.threads) {
            thread.join();
        }
        for (ExecutorService pool : List.of(trees.pool, trees.later)) {
            pool.awaitTermination(1, TimeUnit.MINUTES);
        }
        trees.known.forEach(System.out::println);
    }

    private void children(long parent, int depth, Random random) {
        int children = depth == 0 ? MOST_CHILDREN : depth < DEEPEST ? 2 + random.nextInt(MOST_CHILDREN - 2) : 0;
        for (int i = 0; i < children; i++) {
            start(parent * MOST_CHILDREN + i + 1, parent, depth + 1, random.nextInt(5));
        }
    }

    private void start(long number, long parent, int depth, int kind) {
        Random random = new Random(seed * 1_000_003 + number * 7919);
        if (kind == 4) {
            later.schedule(() -> {}, 1, TimeUnit.HOURS).cancel(false);
            known.add(number + " LATER " + parent + " 0 0 0 0 CANCELLED");
            return;
        }
        running.register();
        switch (kind) {
            case 0 -> begin(new Thread(() -> run(number, "THREAD", parent, depth, random)));
            case 1 -> begin(virtual.newThread(() -> run(number, "VIRTUAL", parent, depth, random)));
            case 2 -> pool.submit(() -> run(number, "SUBMITTED", parent, depth, random));
            default -> CompletableFuture.runAsync(() -> run(number, "STAGE", parent, depth, random), pool);
        }
    }

    private void begin(Thread thread) {
        thread.setUncaughtExceptionHandler((ended, error) -> {});
        threads.add(thread);
        thread.start();
    }

    private void run(long number, String kind, long parent, int depth, Random random) {
        long begin = System.nanoTime();
        children(number, depth, random);
        long parked = random.nextInt(3);
        park(TimeUnit.MILLISECONDS.toNanos(parked));
        boolean fails = random.nextInt(4) == 0;
        known.add(number + " " + kind + " " + parent + " " + Thread.currentThread().getId() + " " + begin + " "
                + System.nanoTime() + " " + parked + " " + (fails ? "FAILED" : "COMPLETED"));
        running.arriveAndDeregister();
        if (fails) {
            throw new IllegalStateException("task " + number);
        }
    }

    private void park(long nanos) {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
        }
    }

    /** Virtual threads where there are some. */
    private static ThreadFactory virtual() {
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            return (ThreadFactory) Class.forName("java.lang.Thread$Builder").getMethod("factory").invoke(builder);
        } catch (ReflectiveOperationException e) {
            return Thread::new;
        }
    }
}
