package dev.asyncinspect.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BudgetTest {

    private static final long SECOND = 1_000_000_000L;

    @BeforeEach
    @AfterEach
    void everythingAgain() {
        Inspector.SAMPLING.oneIn(1);
    }

    @Test
    void beyond_the_budget_half_as_many_tasks_are_followed() {
        assertThat(Budget.next(1, 1, 0.02, 0.01)).isEqualTo(2);
        assertThat(Budget.next(8, 1, 0.02, 0.01)).isEqualTo(16);
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
    void what_events_cost_is_measured_on_this_machine() {
        Budget budget = new Budget();
        Configuration tight = Configuration.of(Mode.DEVELOPMENT).withOverheadBudget(0.01);

        budget.spent(1_000_000_000L, 0, SECOND, tight);
        assertThat(Inspector.SAMPLING.oneIn())
                .as("a billion events a second is too much anywhere")
                .isEqualTo(2);
        budget.spent(1, 0, SECOND, tight);
        assertThat(Inspector.SAMPLING.oneIn()).isEqualTo(1);
    }

    @Test
    void the_time_of_the_recorders_own_thread_counts_as_well() {
        new Budget()
                .spent(
                        0,
                        SECOND / 50,
                        SECOND,
                        Configuration.of(Mode.DEVELOPMENT).withOverheadBudget(0.01));

        assertThat(Inspector.SAMPLING.oneIn()).isEqualTo(2);
    }

    @Test
    void without_a_budget_nothing_is_changed() {
        new Budget().spent(1_000_000_000L, SECOND, SECOND, Configuration.of(Mode.DEVELOPMENT));

        assertThat(Inspector.SAMPLING.oneIn()).isEqualTo(1);
    }
}
