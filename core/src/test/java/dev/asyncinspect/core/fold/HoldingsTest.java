package dev.asyncinspect.core.fold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.event.EventCodes;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Where there is no room for more resources. */
class HoldingsTest {

    private static final long TASK = 1_000;

    private final Holdings holdings = new Holdings(10);

    @Test
    void what_nobody_holds_makes_room_for_what_is_new() {
        take(1);
        for (long id = 2; id < 1_000; id++) {
            make(id);
            take(id);
            giveBack(TASK, id);
        }
        take(1_000);

        assertThat(holders(1)).isOne();
        assertThat(holders(1_000)).isOne();
    }

    @Test
    void resources_that_are_all_held_leave_no_room() {
        for (long id = 1; id <= 30; id++) {
            take(id);
        }

        assertThat(holders(10)).isOne();
        assertThat(holdings.of(11, symbol -> "")).isNull();
    }

    @Test
    void what_was_forgotten_is_not_exact_when_it_comes_up_again() {
        make(1);
        take(1);
        giveBack(TASK + 1, 1); // not by who took it
        giveBack(TASK, 1);
        for (long id = 2; id <= 11; id++) {
            make(id);
        }
        assertThat(holdings.of(1, symbol -> "")).as("forgotten").isNull();

        take(1);
        make(12);

        assertThat(Objects.requireNonNull(holdings.of(1, symbol -> "")).exact()).isFalse();
        assertThat(Objects.requireNonNull(holdings.of(12, symbol -> "")).exact())
                .isTrue();
    }

    private void make(long id) {
        holdings.named(id, EventCodes.SEMAPHORE, 1, 0);
    }

    private void take(long id) {
        holdings.acquired(1, TASK, EventCodes.PERMITS, 1, 0, id);
    }

    private void giveBack(long task, long id) {
        holdings.released(task, EventCodes.PERMITS, 1, id);
    }

    private int holders(long id) {
        return Objects.requireNonNull(holdings.of(id, symbol -> "")).holders().size();
    }
}
