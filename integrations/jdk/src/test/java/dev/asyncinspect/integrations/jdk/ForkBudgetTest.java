package dev.asyncinspect.integrations.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ForkBudgetTest {

    private long nanos;
    private final ForkBudget budget = new ForkBudget(() -> nanos);

    @Test
    void who_forks_without_end_is_let_through_some_thousands_of_times_in_each_window() {
        assertThat(allowed(100_000)).isEqualTo(ForkBudget.MOST);
        nanos += 2 * ForkBudget.WINDOW_NANOS;
        assertThat(allowed(100_000)).isBetween(ForkBudget.MOST - 1, ForkBudget.MOST);
    }

    @Test
    void who_forks_now_and_then_is_always_let_through() {
        for (int i = 0; i < 100; i++) {
            assertThat(allowed(500)).isEqualTo(500);
            nanos += 2 * ForkBudget.WINDOW_NANOS;
        }
    }

    private int allowed(int forks) {
        int allowed = 0;
        for (int i = 0; i < forks; i++) {
            allowed += budget.allows() ? 1 : 0;
        }
        return allowed;
    }
}
