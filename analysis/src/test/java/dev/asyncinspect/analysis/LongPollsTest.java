package dev.asyncinspect.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.model.Film;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What ran long in one piece: found where it kept others from running, and left alone where it did not. */
class LongPollsTest {

    private static final String HERE = "shop.Main.go(Main.java:7)";

    private final Film film = new Film();

    private List<Finding> ask() {
        return FilmedFindings.of(film);
    }

    private Finding only() {
        return FilmedFindings.only(film);
    }

    private void virtual(String task) {
        film.created(task, "", EventCodes.VIRTUAL_THREAD, HERE);
    }

    @Test
    void a_virtual_thread_that_runs_long_while_others_wait_for_a_carrier_is_cpu_bound() {
        virtual("greedy");
        film.at(0).starts("greedy", 1);
        virtual("patient");
        film.submitted("patient");
        film.at(900).stops("greedy", 1).starts("patient", 1);
        Finding finding = only();
        assertThat(finding.kind()).isEqualTo(FindingKind.CPU_BOUND_TASK);
        assertThat(finding.tasks()).containsExactly(film.id("greedy"));
        assertThat(finding.victims()).containsExactly(film.id("patient"));
        assertThat(finding.sentence()).contains("ran for 900 ms without a pause");
    }

    @Test
    void a_task_of_a_pool_waits_for_its_workers_and_not_for_the_carrier_that_a_virtual_thread_keeps() {
        virtual("greedy");
        film.at(0).starts("greedy", 1);
        film.created("patient", "", EventCodes.EXECUTOR_TASK, HERE).submitted("patient");
        film.at(900).stops("greedy", 1).starts("patient", 1);
        assertThat(ask()).isEmpty();
    }

    @Test
    void who_waits_for_a_carrier_for_a_moment_only_is_not_held_up() {
        virtual("greedy");
        film.at(0).starts("greedy", 1);
        virtual("patient");
        film.at(700).submitted("patient");
        film.at(900).stops("greedy", 1).starts("patient", 1);
        assertThat(ask()).isEmpty();
    }

    @Test
    void who_may_have_waited_for_what_is_left_out_of_the_recording_is_not_cpu_bound() {
        film.at(0);
        film.events().dropped(film.now(), EventCodes.NOT_FOLLOWED, 1);
        virtual("greedy");
        film.starts("greedy", 1);
        virtual("patient");
        film.submitted("patient");
        film.at(900).stops("greedy", 1).starts("patient", 1);
        assertThat(ask()).isEmpty();
    }

    @Test
    void a_long_poll_that_was_over_soon_and_did_not_come_again_is_a_hint() {
        virtual("first");
        film.at(0).starts("first", 1);
        virtual("patient");
        film.submitted("patient");
        film.at(900).ends("first").starts("patient", 1).at(901).ends("patient");
        film.at(20_000).created("last", "", EventCodes.MANUAL, "elsewhere");
        assertThat(only().confidence()).isEqualTo(Confidence.HINT);
        assertThat(only().innocent()).contains("the first use of code");
    }

    @Test
    void long_polls_that_come_again_or_go_on_are_likely() {
        virtual("first");
        film.at(0).starts("first", 1);
        virtual("patient");
        film.submitted("patient");
        film.at(900).stops("first", 1).starts("patient", 1).stops("patient", 1);
        virtual("second");
        film.at(10_000)
                .starts("second", 1)
                .submitted("patient")
                .at(10_900)
                .stops("second", 1)
                .starts("patient", 1);
        film.at(20_000).created("last", "", EventCodes.MANUAL, "elsewhere");
        assertThat(ask())
                .filteredOn(finding -> finding.kind() == FindingKind.CPU_BOUND_TASK)
                .singleElement()
                .satisfies(finding -> assertThat(finding.confidence()).isEqualTo(Confidence.LIKELY));
    }

    @Test
    void long_polls_of_one_place_are_one_finding() {
        virtual("patient");
        film.at(0).submitted("patient");
        for (String task : List.of("greedy", "greedier")) {
            virtual(task);
            film.starts(task, 1).at(task.equals("greedy") ? 900 : 2000).stops(task, 1);
        }
        film.starts("patient", 1);
        assertThat(only().tasks()).containsExactly(film.id("greedy"), film.id("greedier"));
        assertThat(only().victims()).containsExactly(film.id("patient"));
        assertThat(only().sentence())
                .contains(
                        "created at " + HERE + " ran for 1.1 s without a pause", "; so did 1 more task of that place");
    }

    @Test
    void a_long_poll_that_delays_nobody_or_in_which_the_task_waits_is_left_alone() {
        virtual("alone");
        film.at(0).starts("alone", 1);
        film.at(900).stops("alone", 1);
        virtual("pinned");
        film.starts("pinned", 1).is("L", EventCodes.MONITOR, 0).waitsRunning("pinned", "enter", "L");
        virtual("patient");
        film.submitted("patient");
        film.at(1900).goesOn("pinned", "L").stops("pinned", 1).starts("patient", 1);
        assertThat(ask()).isEmpty();
    }
}
