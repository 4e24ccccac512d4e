package dev.asyncinspect.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.model.Film;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tasks that wake themselves: those that spin are told, those that give way between pieces of work are not. */
class SelfWakesTest {

    private static final String HERE = "shop.Main.go(Main.java:7)";

    private final Film film = new Film();

    private List<Finding> ask() {
        return FilmedFindings.of(film);
    }

    private Finding only() {
        return FilmedFindings.only(film);
    }

    private void wakesItself(long pollMillis) {
        wakesItself(pollMillis, HERE);
    }

    private void wakesItself(long pollMillis, String site) {
        film.at(0).created("s", "", EventCodes.VIRTUAL_THREAD, site).starts("s", 1);
        for (int i = 1; i <= 120; i++) {
            film.at(i * 10L + pollMillis).stops("s", 1);
            film.at(i * 10L + 9).woken("s", "s");
            film.at(i * 10L + 10).starts("s", 1);
        }
    }

    @Test
    void a_task_that_wakes_itself_again_and_again_is_a_hint() {
        wakesItself(0);
        assertThat(only().kind()).isEqualTo(FindingKind.SELF_WAKE);
        assertThat(only().confidence()).isEqualTo(Confidence.HINT);
    }

    @Test
    void code_of_the_jdk_that_wakes_itself_is_left_alone() {
        wakesItself(0, "sun.nio.ch.Poller");
        assertThat(ask()).isEmpty();
    }

    @Test
    void a_computation_that_gives_way_now_and_then_is_left_alone() {
        wakesItself(8);
        assertThat(ask()).isEmpty();
    }

    @Test
    void a_task_that_others_wake_as_often_as_it_does_itself_is_left_alone() {
        film.at(0).created("other", "", EventCodes.MANUAL, "elsewhere");
        film.created("s", "", EventCodes.VIRTUAL_THREAD, HERE).starts("s", 1);
        for (int i = 1; i <= 120; i++) {
            film.at(i * 10L).stops("s", 1);
            film.at(i * 10L + 9).woken("s", i % 2 == 0 ? "s" : "other");
            film.at(i * 10L + 10).starts("s", 1);
        }
        assertThat(ask()).isEmpty();
    }
}
