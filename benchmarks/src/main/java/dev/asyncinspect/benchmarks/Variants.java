package dev.asyncinspect.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Times variants of one operation in turn, batch by batch, against the first one: A A' B C, A A' B C, … The second is the first once more
 * (the A/A twin): a difference that is not clearly larger than the twin's is no difference.
 */
final class Variants {

    /** Does the operation so many times; what it returns is kept, so that nothing is optimised away. */
    @FunctionalInterface
    interface Batch {
        long run(int times) throws Exception;
    }

    private record Variant(String name, Runnable before, Batch batch, Runnable after) {}

    /** What batches return goes here, so that nothing is optimised away. */
    @SuppressWarnings("UnusedVariable")
    private static volatile long kept;

    private final String operation;
    private final int times;
    private final List<Variant> variants = new ArrayList<>();

    Variants(String operation, int times) {
        this.operation = operation;
        this.times = times;
    }

    /** A variant; what is done before and after each batch is not timed. */
    Variants with(String name, Runnable before, Batch batch, Runnable after) {
        variants.add(new Variant(name, before, batch, after));
        if (variants.size() == 1) {
            variants.add(new Variant(name + " (again)", before, batch, after));
        }
        return this;
    }

    /** Runs so many rounds after a tenth of them that do not count, and prints one row a variant. */
    void compare(int rounds) throws Exception {
        double[][] nanos = new double[variants.size()][rounds];
        for (int round = -rounds / 10 - 1; round < rounds; round++) {
            for (int v = 0; v < variants.size(); v++) {
                double took = time(variants.get(v));
                if (round >= 0) {
                    nanos[v][round] = took;
                }
            }
        }
        for (int v = 0; v < variants.size(); v++) {
            double[] difference = new double[rounds];
            for (int round = 0; round < rounds; round++) {
                difference[round] = nanos[v][round] - nanos[0][round];
            }
            double[] interval = interval(difference);
            System.out.printf(
                    Locale.ROOT,
                    "%-28s %-22s %9.1f ns   difference %+8.1f ns [%+.1f, %+.1f] (%+.1f %%)%n",
                    operation,
                    variants.get(v).name,
                    median(nanos[v]),
                    median(difference),
                    interval[0],
                    interval[1],
                    100 * median(difference) / median(nanos[0]));
        }
    }

    private double time(Variant variant) throws Exception {
        variant.before.run();
        long begin = System.nanoTime();
        kept = variant.batch.run(times);
        long took = System.nanoTime() - begin;
        variant.after.run();
        return (double) took / times;
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** 95 % confidence of the median, by order statistics. */
    static double[] interval(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        int half = (int) Math.ceil(0.98 * Math.sqrt(n));
        return new double[] {sorted[Math.max(0, n / 2 - half)], sorted[Math.min(n - 1, n / 2 + half)]};
    }
}
