package dev.asyncinspect.benchmarks;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** One figure of each arm in each round, and what it is beyond the empty agent's of the same round. */
final class ArmFigures {

    private final String what;
    private final String unit;
    private final int rounds;
    private final Map<String, double[]> figures = new LinkedHashMap<>();

    ArmFigures(String what, String unit, int rounds) {
        this.what = what;
        this.unit = unit;
        this.rounds = rounds;
    }

    void add(String arm, int round, double figure) {
        figures.computeIfAbsent(arm, none -> new double[rounds])[round] = figure;
    }

    /** A row an arm: median, range, and the median of the differences with its confidence interval of 95 %. */
    void print() {
        double[] base = figures.getOrDefault(Arms.BASE, new double[rounds]);
        figures.forEach((arm, values) -> {
            double[] difference = new double[rounds];
            for (int i = 0; i < rounds; i++) {
                difference[i] = values[i] - base[i];
            }
            double[] sorted = values.clone();
            Arrays.sort(sorted);
            double[] interval = Variants.interval(difference);
            double share = 100 / Variants.median(base);
            System.out.printf(
                    Locale.ROOT,
                    "%-14s %-20s %9.1f %s [%.1f, %.1f]   beyond the %s %+.1f [%+.1f, %+.1f] (%+.1f %% [%+.1f, %+.1f])   %d rounds%n",
                    what,
                    arm,
                    Variants.median(values),
                    unit,
                    sorted[0],
                    sorted[rounds - 1],
                    Arms.BASE,
                    Variants.median(difference),
                    interval[0],
                    interval[1],
                    share * Variants.median(difference),
                    share * interval[0],
                    share * interval[1],
                    rounds);
        });
    }
}
