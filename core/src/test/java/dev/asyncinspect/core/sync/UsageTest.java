package dev.asyncinspect.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UsageTest {

    private static final long MILLI = 1_000_000;

    @Test
    void sum_longest_mean_and_what_all_but_one_in_a_hundred_do_not_exceed_are_told_apart() {
        Usage usage = new Usage();
        for (int i = 1; i <= 100; i++) {
            usage.waited(i * MILLI);
        }
        usage.waited(1_000 * MILLI);
        LockMetrics metrics = usage.metrics(202);

        assertThat(metrics.acquisitions()).isEqualTo(202);
        assertThat(metrics.contentions()).isEqualTo(101);
        assertThat(metrics.contentionRate()).isEqualTo(0.5);
        assertThat(metrics.waitNanos()).isEqualTo(6_050 * MILLI);
        assertThat(metrics.maxWaitNanos()).isEqualTo(1_000 * MILLI);
        assertThat(metrics.meanWaitNanos()).isEqualTo(6_050 * MILLI / 101);
        assertThat(metrics.p99WaitNanos()).isBetween(88 * MILLI, 113 * MILLI); // 100 within one eighth
    }

    @Test
    void nobody_waited() {
        assertThat(new Usage().metrics(3)).isEqualTo(new LockMetrics(3, 0, 0, 0, 0, 0));
    }
}
