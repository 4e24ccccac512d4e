package dev.asyncinspect.core.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DurationHistogramTest {

    private final DurationHistogram histogram = new DurationHistogram();

    @Test
    void a_percentile_is_never_too_small_and_at_most_an_eighth_too_large() {
        Random random = new Random(7);
        long[] values = new long[10_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = (long) Math.exp(random.nextDouble() * 27);
            histogram.add(values[i]);
        }
        Arrays.sort(values);
        for (double part : new double[] {0.0, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 1.0}) {
            long exact = values[Math.max(0, (int) Math.ceil(part * values.length) - 1)];
            assertThat(histogram.percentileNanos(part)).isBetween(exact, exact + exact / 8 + 1);
        }
        assertThat(histogram.count()).isEqualTo(values.length);
        assertThat(histogram.totalNanos()).isEqualTo(Arrays.stream(values).sum());
        assertThat(histogram.maxNanos()).isEqualTo(values[values.length - 1]);
        assertThat(Arrays.stream(histogram.powersOfTwo()).sum()).isEqualTo(values.length);
    }

    @Test
    void its_text_says_how_many_and_how_long() {
        assertThat(histogram).hasToString("0 durations, mean 0.000 ms, p50 0.000 ms, p99 0.000 ms, longest 0.000 ms");
        histogram.add(1_250_000);
        assertThat(histogram).hasToString("1 duration, mean 1.250 ms, p50 1.250 ms, p99 1.250 ms, longest 1.250 ms");
    }

    @Test
    void nothing_is_zero_everywhere() {
        assertThat(histogram.percentileNanos(0.99)).isZero();
        assertThat(histogram.meanNanos()).isZero();
        assertThat(histogram.maxNanos()).isZero();
    }

    @Test
    void what_is_longer_than_any_bucket_counts_with_its_true_length() {
        histogram.add(Long.MAX_VALUE);
        histogram.add(-5);

        assertThat(histogram.percentileNanos(1)).isEqualTo(Long.MAX_VALUE);
        assertThat(histogram.percentileNanos(0.5)).isZero();
    }

    @Test
    void a_part_is_between_0_and_1() {
        assertThatThrownBy(() -> histogram.percentileNanos(99)).hasMessage("a part must be between 0 and 1: 99.0");
    }
}
