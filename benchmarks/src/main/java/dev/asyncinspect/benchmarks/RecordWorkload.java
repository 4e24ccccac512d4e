package dev.asyncinspect.benchmarks;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** What is measured with and without an agent: prints the median of some runs in nanoseconds an
 * operation, after warming up: by the clock, and computed by the program's own threads. */
final class RecordWorkload {

    private static final int WARM_UP = 3;
    private static final int RUNS = 5;

    private RecordWorkload() {}

    /** One run; returns nanoseconds an operation. */
    private interface Run {
        double nanos() throws Exception;
    }

    public static void main(String[] args) throws Exception {
        Run run = switch (args[0]) {
            case "switch" -> () -> switches(100_000);
            case "spawn" -> () -> spawns(100_000);
            case "join" -> () -> gets(20_000, false);
            case "get" -> () -> gets(20_000, true);
            case "fork" -> () -> forks(20_000);
            case "submit" -> () -> submits(50_000);
            case "pinned" -> () -> pinnedParks(20_000);
            default -> throw new IllegalArgumentException(args[0]);
        };
        double[] nanos = new double[RUNS];
        double[] computed = new double[RUNS];
        for (int i = -WARM_UP; i < RUNS; i++) {
            long before = ProgramCpu.nanos();
            long start = System.nanoTime();
            double took = run.nanos();
            double share = (ProgramCpu.nanos() - before) / (double) (System.nanoTime() - start);
            if (i >= 0) {
                nanos[i] = took;
                computed[i] = took * share;
            }
        }
        Arrays.sort(nanos);
        Arrays.sort(computed);
        System.out.println(nanos[RUNS / 2] + " " + computed[RUNS / 2]);
        Runtime.getRuntime().halt(0);
    }

    /** Two virtual threads that wake each other. */
    private static double switches(int rounds) throws Exception {
        AtomicInteger turn = new AtomicInteger();
        Thread[] pair = new Thread[2];
        for (int i = 0; i < 2; i++) {
            int me = i;
            pair[i] = Thread.ofVirtual().unstarted(() -> takeTurns(turn, me, rounds, pair[1 - me]));
        }
        long start = System.nanoTime();
        pair[0].start();
        pair[1].start();
        pair[0].join();
        pair[1].join();
        return (System.nanoTime() - start) / (2.0 * rounds);
    }

    /** A virtual thread that starts others and waits for each thousand of them. */
    private static double spawns(int count) throws Exception {
        AtomicLong nanos = new AtomicLong();
        Thread parent = Thread.ofVirtual().start(() -> {
            Thread[] batch = new Thread[1000];
            long start = System.nanoTime();
            for (int done = 0; done < count; done += batch.length) {
                for (int i = 0; i < batch.length; i++) {
                    batch[i] = Thread.startVirtualThread(() -> {});
                }
                for (Thread thread : batch) {
                    join(thread);
                }
            }
            nanos.set(System.nanoTime() - start);
        });
        parent.join();
        return nanos.get() / (double) count;
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A thread that hands work to a pool of one and waits for it, which is a moment longer than it takes to come to wait. */
    private static double gets(int count, boolean task) throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(1)) {
            long start = System.nanoTime();
            for (int i = 0; i < count; i++) {
                if (task) {
                    pool.submit(() -> {}).get();
                } else {
                    CompletableFuture.runAsync(() -> {}, pool).join();
                }
            }
            return (System.nanoTime() - start) / (double) count;
        }
    }

    /** A thread that hands work to a fork-join pool of one and waits for each hundred of them. */
    private static double submits(int count) throws Exception {
        ForkJoinPool pool = new ForkJoinPool(1);
        ForkJoinTask<?>[] batch = new ForkJoinTask<?>[100];
        long start = System.nanoTime();
        for (int done = 0; done < count; done += batch.length) {
            for (int i = 0; i < batch.length; i++) {
                batch[i] = pool.submit(() -> {});
            }
            for (ForkJoinTask<?> task : batch) {
                task.get();
            }
        }
        double nanos = (System.nanoTime() - start) / (double) count;
        pool.shutdown();
        return nanos;
    }

    /** A scope of ten forks again and again; by reflection, because it is a preview. */
    private static double forks(int count) throws Exception {
        Class<?> type = Class.forName("java.util.concurrent.StructuredTaskScope");
        Method open = type.getMethod("open");
        Method fork = type.getMethod("fork", Runnable.class);
        Method join = type.getMethod("join");
        Method close = type.getMethod("close");
        Runnable nothing = () -> {};
        long start = System.nanoTime();
        for (int done = 0; done < count; done += 10) {
            Object scope = open.invoke(null);
            for (int i = 0; i < 10; i++) {
                fork.invoke(scope, nothing);
            }
            join.invoke(scope);
            close.invoke(scope);
        }
        return (System.nanoTime() - start) / (double) count;
    }

    /** A virtual thread that may not leave its carrier, and a platform thread, which wake each other. */
    private static double pinnedParks(int rounds) throws Exception {
        Class<?> continuation = Class.forName("jdk.internal.vm.Continuation");
        Method pin = continuation.getMethod("pin");
        Method unpin = continuation.getMethod("unpin");
        AtomicInteger turn = new AtomicInteger();
        Thread other = Thread.currentThread();
        Thread pinned = Thread.startVirtualThread(() -> {
            try {
                pin.invoke(null);
                takeTurns(turn, 1, rounds, other);
                unpin.invoke(null);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        });
        long start = System.nanoTime();
        takeTurns(turn, 0, rounds, pinned);
        pinned.join();
        return (System.nanoTime() - start) / (2.0 * rounds);
    }

    private static void takeTurns(AtomicInteger turn, int me, int rounds, Thread other) {
        for (int round = 0; round < rounds; round++) {
            while (turn.get() != me) {
                LockSupport.park();
            }
            turn.set(1 - me);
            LockSupport.unpark(other);
        }
    }
}
