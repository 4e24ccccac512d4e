package dev.asyncinspect.benchmarks;

import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Question: what does {@code why PID} cost beyond what it cannot do without? Workload: a JVM with 10,000 platform threads (this
 * one). Baseline twin: two {@code jcmd Thread.print -l} and the interval between them. Goal: at most 1.3 times. Alone: {@code
 * benchmarks/run why-pid [rounds]}.
 */
final class WhyPidBenchmark {

    private static final int THREADS = 10_000;
    private static final long INTERVAL_MILLIS = 250;

    private WhyPidBenchmark() {}

    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch started = new CountDownLatch(THREADS);
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(null, () -> parkForEver(started, never), "parked-" + i, 64 * 1024);
            thread.setDaemon(true);
            thread.start();
        }
        started.await();
        String pid = String.valueOf(ProcessHandle.current().pid());
        for (String distance : List.of("--no-attach", "--attach")) {
            Pairs.compare(
                    System.out,
                    "why PID " + distance + ", " + THREADS + " threads",
                    rounds,
                    () -> {
                        Processes.jdkTool("jcmd", pid, "Thread.print", "-l");
                        Thread.sleep(INTERVAL_MILLIS);
                        Processes.jdkTool("jcmd", pid, "Thread.print", "-l");
                    },
                    () -> Processes.asyncInspect("why", pid, distance));
        }
    }

    private static void parkForEver(CountDownLatch started, CountDownLatch never) {
        started.countDown();
        try {
            never.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
