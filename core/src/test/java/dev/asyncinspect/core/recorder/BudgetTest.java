package dev.asyncinspect.core.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BudgetTest {

    private static final long SECOND = 1_000_000_000L;

    /** Of how many tasks one is followed, as told. */
    private static final class Told implements Budget.Sampled {
        private final int configured;
        private int oneIn;

        Told(int configured) {
            this.configured = configured;
            oneIn = configured;
        }

        @Override
        public int oneIn() {
            return oneIn;
        }

        @Override
        public int configured() {
            return configured;
        }

        @Override
        public void oneIn(int wanted) {
            oneIn = wanted;
        }
    }

    private final Told told = new Told(1);
    private final Budget budget = new Budget();

    @Test
    void beyond_the_budget_as_many_fewer_tasks_are_followed_as_it_is_too_much() {
        assertThat(Budget.next(1, 1, 0.011, 0.01)).isEqualTo(2);
        assertThat(Budget.next(8, 1, 0.02, 0.01)).isEqualTo(16);
        assertThat(Budget.next(10, 10, 0.3, 0.01))
                .as("a power of two times what was configured")
                .isEqualTo(320);
    }

    @Test
    void well_within_it_more_are_followed_again_but_never_more_than_configured() {
        assertThat(Budget.next(16, 10, 0.001, 0.01)).isEqualTo(10);
        assertThat(Budget.next(10, 10, 0.001, 0.01)).isEqualTo(10);
        assertThat(Budget.next(16, 10, 0.008, 0.01))
                .as("in between nothing changes")
                .isEqualTo(16);
    }

    @Test
    void however_much_it_is_some_tasks_are_followed() {
        assertThat(Budget.next(1 << 20, 1, 1, 0.01)).isEqualTo(1 << 20);
        assertThat(Budget.next(Integer.MAX_VALUE, Integer.MAX_VALUE, 1, 0.01)).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void what_events_cost_is_measured_on_this_machine() {
        budget.spent(1_000_000_000L, 0, SECOND, 0.01, told);
        assertThat(budget.part())
                .as("a billion events a second is too much anywhere")
                .isGreaterThan(1);
        assertThat(told.oneIn()).isGreaterThan(64);
    }

    @Test
    void the_time_of_the_recorders_own_thread_counts_as_well() {
        budget.spent(0, SECOND / 50, SECOND, 0.01, told);

        assertThat(budget.part()).isEqualTo(0.02);
        assertThat(told.oneIn()).isEqualTo(2);
    }

    @Test
    void the_look_after_a_change_still_sees_the_time_before_and_changes_nothing() {
        budget.spent(0, SECOND / 50, SECOND, 0.01, told);
        budget.spent(0, SECOND / 50, SECOND, 0.01, told);
        assertThat(told.oneIn()).isEqualTo(2);

        budget.spent(0, SECOND / 50, SECOND, 0.01, told);
        assertThat(told.oneIn()).isEqualTo(4);
    }

    @Test
    void without_a_budget_nothing_is_changed() {
        budget.spent(1_000_000_000L, SECOND, SECOND, 0, told);

        assertThat(told.oneIn()).isEqualTo(1);
        assertThat(budget.part()).isZero();
    }
}
