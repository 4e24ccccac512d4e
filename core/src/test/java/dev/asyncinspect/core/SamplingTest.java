package dev.asyncinspect.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.recorder.Budget;
import org.junit.jupiter.api.Test;

class SamplingTest {

    private static final long SECOND = 1_000_000_000L;

    @Test
    void within_a_budget_fewer_tasks_are_followed_and_later_those_that_are_configured_for() {
        Sampling sampling = new Sampling();
        Budget budget = new Budget();
        sampling.configure(10);
        budget.spent(0, SECOND / 50, SECOND, 0.01, sampling);
        assertThat(sampling.oneIn()).isEqualTo(20);

        budget.spent(0, 0, SECOND, 0.01, sampling);
        budget.spent(0, 0, SECOND, 0.01, sampling);
        assertThat(sampling.oneIn()).isEqualTo(10);
    }
}
