package dev.asyncinspect.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.model.Film;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Failures that nobody was seen to ask about, and those that somebody handles. */
class UnaskedFailuresTest {

    private static final String HERE = "shop.Main.go(Main.java:7)";

    private final Film film = new Film();

    private List<Finding> ask() {
        return FilmedFindings.of(film);
    }

    private Finding only() {
        return FilmedFindings.only(film);
    }

    @Test
    void a_failure_that_nobody_asked_about_is_a_hint() {
        film.at(0).created("f", "").starts("f", 1).fails("f", "java.io.IOException: gone");
        film.at(2000).created("other", "");
        Finding finding = only();
        assertThat(finding.kind()).isEqualTo(FindingKind.SWALLOWED_FAILURE);
        assertThat(finding.confidence()).isEqualTo(Confidence.HINT);
        assertThat(finding.sentence()).contains("java.io.IOException: gone", HERE);
    }

    @Test
    void a_failure_that_another_task_waits_for_or_handles_and_one_of_a_thread_are_left_alone() {
        film.at(0).created("f", "").starts("f", 1).created("g", "").starts("g", 1);
        film.created("t", "", EventCodes.PLATFORM_THREAD, HERE).starts("t", 1);
        film.created("h", "").links("h", EventCodes.DERIVED_FROM, "f").links("h", EventCodes.AWAITS, "g");
        for (String task : List.of("f", "g", "t")) {
            film.fails(task, "java.io.IOException: gone");
        }
        film.at(2000).created("other", "");
        assertThat(ask()).isEmpty();
    }

    @Test
    void a_failure_at_a_place_whose_failures_are_asked_for_and_one_of_code_of_the_jdk_are_left_alone() {
        film.at(0).created("f", "").starts("f", 1).created("g", "").starts("g", 1);
        film.created("h", "").links("h", EventCodes.DERIVED_FROM, "f");
        film.created("j", "", EventCodes.FUTURE_STAGE, "java.util.function.Function.lambda$identity$0");
        film.starts("j", 2);
        for (String task : List.of("f", "g", "j")) {
            film.fails(task, "java.io.IOException: gone");
        }
        film.at(2000).created("other", "");
        assertThat(ask()).isEmpty();
    }

    @Test
    void a_failure_that_ended_the_worker_which_ran_it_is_left_alone() {
        film.at(0).thread("worker", 7).starts("worker", 7).created("f", "").starts("f", 7);
        film.fails("f", "java.io.IOException: gone").at(1).fails("worker", "java.io.IOException: gone");
        film.at(2000).created("other", "");
        assertThat(ask()).isEmpty();
    }

    private void stageOfAFailedTask(boolean runs) {
        stageOfATaskThatThrew("java.io.IOException: gone", runs);
    }

    private void stageOfATaskThatThrew(String thrown, boolean runs) {
        film.at(0).created("f", "").starts("f", 1).fails("f", thrown);
        film.created("s", "", EventCodes.FUTURE_STAGE, "shop.Main.lambda$log$1")
                .links("s", EventCodes.DERIVED_FROM, "f");
        if (runs) {
            film.starts("s", 1);
        }
        film.fails("s", "java.io.IOException: gone");
        film.at(2000).created("other", "");
    }

    @Test
    void a_stage_that_was_given_the_failure_of_its_source_to_look_at_is_left_alone() {
        stageOfAFailedTask(true);
        assertThat(ask()).isEmpty();
    }

    @Test
    void a_stage_that_was_given_a_failure_which_its_source_had_wrapped_itself_is_left_alone() {
        stageOfATaskThatThrew("java.util.concurrent.CompletionException: java.io.IOException: gone", true);
        assertThat(ask()).isEmpty();
    }

    @Test
    void a_stage_that_fails_otherwise_than_its_source_is_told() {
        stageOfATaskThatThrew("java.lang.IllegalStateException: shut", true);
        assertThat(only().sentence()).contains("shop.Main.lambda$log$1", "java.io.IOException: gone");
    }

    @Test
    void a_stage_that_only_hands_on_the_failure_of_its_source_is_told() {
        stageOfAFailedTask(false);
        assertThat(only().sentence()).contains("shop.Main.lambda$log$1");
    }

    @Test
    void a_failure_of_a_task_whose_future_somebody_waited_for_is_left_alone() {
        film.at(0).created("f", "").starts("f", 1).is("result", EventCodes.FUTURE, 0);
        film.takes("f", "result", EventCodes.EXCLUSIVE, "");
        film.at(1).gives("f", "result", EventCodes.EXCLUSIVE).fails("f", "java.io.IOException: gone");
        film.at(2000).created("other", "");
        assertThat(ask()).isEmpty();
    }
}
