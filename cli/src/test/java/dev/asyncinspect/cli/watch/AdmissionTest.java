package dev.asyncinspect.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AdmissionTest {

    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final Admission admission = new Admission(Duration.ofMinutes(10), 3);

    @Test
    void what_stays_is_told_once_however_long_it_stays() {
        assertThat(admission.admit("deadlock", 0)).isTrue();
        for (int minute = 1; minute < 300; minute++) {
            assertThat(admission.admit("deadlock", minute * MINUTE)).isFalse();
        }
        assertThat(admission.repeated()).isEqualTo(299);
    }

    @Test
    void what_comes_again_after_the_cooldown_is_told_again() {
        assertThat(admission.admit("contention", 0)).isTrue();
        assertThat(admission.admit("contention", 9 * MINUTE)).isFalse();
        assertThat(admission.admit("contention", 20 * MINUTE)).isTrue();
    }

    @Test
    void a_storm_of_new_things_is_told_up_to_the_limit_and_the_rest_counted() {
        int told = 0;
        for (int i = 0; i < 100_000; i++) {
            told += admission.admit("finding " + i, i) ? 1 : 0;
        }
        assertThat(told).isEqualTo(3);
        assertThat(admission.overLimit()).isEqualTo(99_997);
    }

    @Test
    void what_the_limit_held_back_is_told_when_the_hour_is_over() {
        for (int i = 0; i < 4; i++) {
            admission.admit("finding " + i, 0);
        }
        assertThat(admission.admit("finding 3", 59 * MINUTE)).isFalse();
        assertThat(admission.admit("finding 3", 61 * MINUTE)).isTrue();
    }
}
