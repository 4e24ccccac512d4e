package dev.asyncinspect.benchmarks;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.Locale;

/** Times two things in turn, A B A B …, so that a machine whose speed drifts slows both alike. */
public final class Pairs {

    /** Something to time. */
    @FunctionalInterface
    public interface Timed {

        /** Does it once. */
        void run() throws Exception;
    }

    private Pairs() {}

    /**
     * Prints the median of both and the median ratio with its smallest and largest, after one pair that does not count.
     *
     * @param rounds how many pairs count
     */
    public static void compare(PrintStream out, String name, int rounds, Timed baseline, Timed measured)
            throws Exception {
        double[] base = new double[rounds];
        double[] ours = new double[rounds];
        double[] ratio = new double[rounds];
        for (int round = -1; round < rounds; round++) {
            double a = millis(baseline);
            double b = millis(measured);
            if (round >= 0) {
                base[round] = a;
                ours[round] = b;
                ratio[round] = b / a;
            }
        }
        Arrays.sort(base);
        Arrays.sort(ours);
        Arrays.sort(ratio);
        out.printf(
                Locale.ROOT,
                "%-34s baseline %9.1f ms   measured %9.1f ms [%.1f, %.1f]   ratio %.2f [%.2f, %.2f]   %d pairs%n",
                name,
                base[rounds / 2],
                ours[rounds / 2],
                ours[0],
                ours[rounds - 1],
                ratio[rounds / 2],
                ratio[0],
                ratio[rounds - 1],
                rounds);
    }

    private static double millis(Timed timed) throws Exception {
        long start = System.nanoTime();
        timed.run();
        return (System.nanoTime() - start) / 1e6;
    }
}
