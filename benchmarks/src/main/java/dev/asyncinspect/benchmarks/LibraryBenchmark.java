package dev.asyncinspect.benchmarks;

import dev.asyncinspect.core.Configuration;
import dev.asyncinspect.core.Inspect;
import dev.asyncinspect.core.Inspector;
import dev.asyncinspect.core.TaskGuard;
import dev.asyncinspect.core.sync.TrackedLock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Question: what does the library cost on the program's threads? Workload: one operation again and again, in batches that fit into the
 * recorder's buffer, so that nothing is dropped and all of it is paid. Baseline twins: the same without the library; with it,
 * off. Goals: spawn and submit at most 10 % or 80 ns, ready await 6 ns on and 0.3 ns off, lock 2 ns, stats() 50 ns, a thousand
 * tasks 5 %. Alone: {@code benchmarks/run library [rounds]}.
 */
final class LibraryBenchmark {

    private static final Inspector INSPECTOR = Inspector.global();
    private static final int FITS = 150;
    private static final int MANY = 100_000;
    private static final int TASKS = 1_000;
    private static final int SAMPLED = 10;

    private LibraryBenchmark() {}

    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 301;
        readyAwait(rounds);
        lock(rounds);
        submit(rounds * 4);
        sampled(rounds * 4);
        submitToPool(rounds);
        spawn(rounds * 4);
        manyTasks(rounds);
        for (int live : new int[] {1_000, 100_000}) {
            stats(live, rounds);
        }
        System.out.println("measured by the library itself: " + INSPECTOR.measureOverhead());
    }

    private static void readyAwait(int rounds) throws Exception {
        Future<Integer> ready = CompletableFuture.completedFuture(1);
        Variants.Batch get = times -> {
            long sum = 0;
            for (int i = 0; i < times; i++) {
                sum += ready.get();
            }
            return sum;
        };
        Variants.Batch await = times -> {
            long sum = 0;
            for (int i = 0; i < times; i++) {
                sum += Inspect.await("ready", ready);
            }
            return sum;
        };
        new Variants("ready await", MANY)
                .with("future.get()", INSPECTOR::disable, get, () -> {})
                .with("off", INSPECTOR::disable, await, () -> {})
                .with("on", INSPECTOR::enable, await, () -> {})
                .compare(rounds);
    }

    private static void lock(int rounds) throws Exception {
        TrackedLock tracked = new TrackedLock("lock");
        new Variants("lock, unlock", MANY)
                .with("ReentrantLock", INSPECTOR::disable, locking(new ReentrantLock()), () -> {})
                .with("off", INSPECTOR::disable, locking(tracked), () -> {})
                .with("on", INSPECTOR::enable, locking(tracked), () -> {})
                .compare(rounds);
    }

    private static Variants.Batch locking(Lock lock) {
        return times -> {
            long sum = 0;
            for (int i = 0; i < times; i++) {
                lock.lock();
                try {
                    sum += i;
                } finally {
                    lock.unlock();
                }
            }
            return sum;
        };
    }

    /** Runs where it is submitted: what is left is the price of the wrapping and the events. */
    private static final class Direct extends AbstractExecutorService {
        @Override
        public void execute(Runnable command) {
            command.run();
        }

        @Override
        public void shutdown() {}

        @Override
        public List<Runnable> shutdownNow() {
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return true;
        }
    }

    private static void submit(int rounds) throws Exception {
        ExecutorService tracked = Inspect.executor("pool", new Direct());
        new Variants("submit, run here, get", FITS)
                .with("executor", INSPECTOR::disable, submitting(new Direct()), () -> {})
                .with("off", INSPECTOR::disable, submitting(tracked), () -> {})
                .with("on", INSPECTOR::enable, submitting(tracked), LibraryBenchmark::makeRoom)
                .compare(rounds);
    }

    /** What it costs to know which threads work on tasks that are followed, where not all are; nine of ten tasks are told in part only. */
    private static void sampled(int rounds) throws Exception {
        Configuration all = INSPECTOR.configuration();
        ExecutorService tracked = Inspect.executor("pool", new Direct());
        new Variants("one task in ten, submit", FITS)
                .with("executor", INSPECTOR::disable, submitting(new Direct()), () -> {})
                .with("every task", INSPECTOR::enable, submitting(tracked), LibraryBenchmark::makeRoom)
                .with("one in ten", () -> sample(all, SAMPLED), submitting(tracked), () -> sample(all, 1))
                .compare(rounds);
    }

    private static void sample(Configuration all, int oneIn) {
        makeRoom();
        INSPECTOR.configure(all.withSampleOneIn(oneIn));
        INSPECTOR.enable();
    }

    private static void submitToPool(int rounds) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(1);
        ExecutorService tracked = Inspect.executor("pool", pool);
        new Variants("submit to a pool, get", FITS)
                .with("executor", INSPECTOR::disable, submitting(pool), () -> {})
                .with("off", INSPECTOR::disable, submitting(tracked), () -> {})
                .with("on", INSPECTOR::enable, submitting(tracked), LibraryBenchmark::makeRoom)
                .compare(rounds);
        pool.shutdown();
    }

    private static Variants.Batch submitting(ExecutorService executor) {
        Callable<Integer> work = () -> 1;
        return times -> {
            long sum = 0;
            for (int i = 0; i < times; i++) {
                sum += executor.submit(work).get();
            }
            return sum;
        };
    }

    private static void spawn(int rounds) throws Exception {
        Callable<Integer> work = () -> 1;
        Variants.Batch plain = times -> {
            long sum = 0;
            for (int i = 0; i < times; i++) {
                FutureTask<Integer> task = new FutureTask<>(work);
                Thread.ofVirtual().name("spawned").start(task);
                sum += task.get();
            }
            return sum;
        };
        Variants.Batch tracked = times -> {
            long sum = 0;
            for (int i = 0; i < times; i++) {
                sum += Inspect.spawn("spawned", work).get();
            }
            return sum;
        };
        new Variants("spawn virtual, get", FITS)
                .with("Thread.ofVirtual", INSPECTOR::disable, plain, () -> {})
                .with("off", INSPECTOR::disable, tracked, () -> {})
                .with("on", INSPECTOR::enable, tracked, LibraryBenchmark::makeRoom)
                .compare(rounds);
    }

    private static void manyTasks(int rounds) throws Exception {
        Callable<Long> work = () -> {
            long x = 1;
            for (int i = 0; i < 10_000; i++) {
                x = x * 31 + i;
            }
            return x;
        };
        Variants.Batch plain = times -> {
            List<Future<Long>> all = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                FutureTask<Long> task = new FutureTask<>(work);
                Thread.ofVirtual().start(task);
                all.add(task);
            }
            return sum(all);
        };
        Variants.Batch tracked = times -> {
            List<Future<Long>> all = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                all.add(Inspect.spawn("one of a thousand", work));
            }
            return sum(all);
        };
        new Variants("1000 tasks, light work", TASKS)
                .with("Thread.ofVirtual", INSPECTOR::disable, plain, () -> {})
                .with("off", INSPECTOR::disable, tracked, () -> {})
                .with("on", INSPECTOR::enable, tracked, LibraryBenchmark::makeRoom)
                .compare(rounds);
    }

    private static long sum(List<Future<Long>> all) throws Exception {
        long sum = 0;
        for (Future<Long> future : all) {
            sum += future.get();
        }
        return sum;
    }

    private static void stats(int live, int rounds) throws Exception {
        INSPECTOR.enable();
        INSPECTOR.reset();
        List<TaskGuard> guards = new ArrayList<>();
        for (int i = 0; i < live; i++) {
            guards.add(Inspect.task("live"));
            if (i % FITS == 0) {
                makeRoom();
            }
        }
        makeRoom();
        new Variants("stats(), " + INSPECTOR.stats().pending() + " tasks", MANY)
                .with("nothing", () -> {}, times -> times, () -> {})
                .with(
                        "stats()",
                        () -> {},
                        times -> {
                            long sum = 0;
                            for (int i = 0; i < times; i++) {
                                sum += INSPECTOR.stats().pending();
                            }
                            return sum;
                        },
                        () -> {})
                .compare(rounds);
        guards.forEach(TaskGuard::complete);
        INSPECTOR.reset();
    }

    /** The buffer is empty afterwards. */
    private static void makeRoom() {
        INSPECTOR.task(1);
    }
}
