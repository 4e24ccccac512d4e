package dev.asyncinspect.benchmarks;

import java.util.Arrays;
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
            pair[i] = Thread.ofVirtual().unstarted(() -> {
                for (int round = 0; round < rounds; round++) {
                    while (turn.get() != me) {
                        LockSupport.park();
                    }
                    turn.set(1 - me);
                    LockSupport.unpark(pair[1 - me]);
                }
            });
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
}
