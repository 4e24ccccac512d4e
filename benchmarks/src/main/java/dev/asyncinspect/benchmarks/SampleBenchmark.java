package dev.asyncinspect.benchmarks;

import dev.asyncinspect.core.rows.Row;
import dev.asyncinspect.core.rows.RowHandler;
import dev.asyncinspect.core.wire.SampleRequest;
import dev.asyncinspect.sources.AttachLink;
import dev.asyncinspect.sources.LiveJvms;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;

/**
 * Question: how long is a sample of state and blocker in the observed JVM, and does it grow in step with its virtual threads?
 * Workload: 100,000 and 1,000,000 parked virtual threads, no stacks. Baseline twin: the same sample of 1,000. Goal: 150 ms,
 * 1.5 s. Alone: {@code benchmarks/run sample [rounds]}.
 */
final class SampleBenchmark {

    private static final int MOST_ROWS = 10_000_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private SampleBenchmark() {}

    public static void main(String[] args) throws Exception {
        if (args.length > 0 && args[0].equals("target")) {
            park(Integer.parseInt(args[1]));
            return;
        }
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 15;
        for (int threads : new int[] {1_000, 100_000, 1_000_000}) {
            measure(threads, rounds);
        }
    }

    private static void measure(int threads, int rounds) throws Exception {
        Process target = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+EnableDynamicAgentLoading",
                        "-Xmx4g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SampleBenchmark.class.getName(),
                        "target",
                        String.valueOf(threads))
                .start();
        try {
            target.inputReader().readLine();
            AttachLink.Settings settings =
                    new AttachLink.Settings(Path.of("bundle/target/async-inspect.jar"), PATIENCE, PATIENCE);
            double[] millis = new double[rounds];
            try (AttachLink link = AttachLink.open(LiveJvms.find(String.valueOf(target.pid())), settings)) {
                for (int round = -5; round < rounds; round++) {
                    Took took = new Took();
                    link.sample(new SampleRequest(MOST_ROWS, false, 1), took);
                    if (took.threads < threads || took.dropped > 0) {
                        throw new IllegalStateException(
                                "only " + took.threads + " threads were told, " + took.dropped + " rows dropped");
                    }
                    if (round >= 0) {
                        millis[round] = took.nanos / 1e6;
                    }
                }
            }
            Arrays.sort(millis);
            System.out.printf(
                    "state and blocker of %,d virtual threads: %.1f ms [%.1f, %.1f] in the target, %d samples%n",
                    threads, millis[rounds / 2], millis[0], millis[rounds - 1], rounds);
        } finally {
            target.destroyForcibly();
        }
    }

    private static void park(int threads) throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(threads);
        for (int i = 0; i < threads; i++) {
            Thread.ofVirtual().start(() -> {
                begun.countDown();
                try {
                    never.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        begun.await();
        System.out.println("ready");
        System.in.read();
    }

    /** Keeps nothing but how long it took and that nothing is missing. */
    private static final class Took implements RowHandler {

        private long nanos;
        private long threads;
        private long dropped;

        @Override
        public void begin(Row.Begin row) {}

        @Override
        public void end(Row.End row) {
            nanos = row.tookNanos();
            threads = row.threads();
            dropped = row.droppedRows();
        }

        @Override
        public void stack(Row.Stack row) {}

        @Override
        public void thread(Row.ThreadSeen row) {}

        @Override
        public void object(Row.ObjectSeen row) {}

        @Override
        public void number(Row.NumberOf row) {}

        @Override
        public void text(Row.TextOf row) {}

        @Override
        public void objectLink(Row.ObjectLink row) {}

        @Override
        public void threadLink(Row.ThreadLink row) {}

        @Override
        public void notSeen(Row.NotSeen row) {}
    }
}
