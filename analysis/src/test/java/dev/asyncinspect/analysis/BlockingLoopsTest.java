package dev.asyncinspect.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.model.Film;
import org.junit.jupiter.api.Test;

/** Event loops that wait elsewhere, from a recording. */
class BlockingLoopsTest {

    private final Film film = new Film();

    private void loop(String name, boolean selects, long millis) {
        film.at(0).thread(name, 7).starts(name, 7);
        if (selects) {
            film.waits(name, "java.nio.channels.Selector.select", "").at(5000).goesOn(name, "");
        }
        film.waits(name, "java.lang.Thread.sleep", "").at(5000 + millis).goesOn(name, "");
    }

    @Test
    void an_event_loop_that_waits_elsewhere_than_in_its_selector_makes_a_blocking_call() {
        loop("vert.x-eventloop-thread-0", true, 1500);
        Finding finding = FilmedFindings.only(film);
        assertThat(finding.kind()).isEqualTo(FindingKind.BLOCKING_CALL);
        assertThat(finding.confidence()).isEqualTo(Confidence.LIKELY);
        assertThat(finding.tasks()).containsExactly(7L);
        assertThat(finding.sentence()).contains("waited 1.5 s at java.lang.Thread.sleep:");
    }

    @Test
    void an_event_loop_of_whose_life_events_are_missing_may_have_gone_on_and_is_left_alone() {
        loop("vert.x-eventloop-thread-0", true, 1500);
        film.drops(1);
        assertThat(FilmedFindings.of(film)).isEmpty();
    }

    @Test
    void an_event_loop_that_waits_elsewhere_for_a_moment_is_left_alone() {
        loop("vert.x-eventloop-thread-0", true, 200);
        assertThat(FilmedFindings.of(film)).isEmpty();
    }

    @Test
    void a_thread_that_was_never_seen_to_select_is_no_event_loop_whatever_its_name() {
        loop("vert.x-eventloop-thread-0", false, 1500);
        assertThat(FilmedFindings.of(film)).isEmpty();
    }

    @Test
    void a_thread_of_another_name_that_selects_may_wait_elsewhere() {
        loop("shop-sender", true, 1500);
        assertThat(FilmedFindings.of(film)).isEmpty();
    }
}
