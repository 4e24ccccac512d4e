package dev.asyncinspect.analysis;

import static dev.asyncinspect.core.event.EventCodes.CONTEXT_CLEARED;
import static dev.asyncinspect.core.event.EventCodes.CONTEXT_PUT;
import static dev.asyncinspect.core.event.EventCodes.CONTEXT_REMOVED;
import static dev.asyncinspect.core.event.EventCodes.CONTEXT_UNCLEAR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.model.Film;
import dev.asyncinspect.model.History;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Logging contexts that are lost or stale across a hop, and all the ways to be right. */
class ContextFindingsTest {

    private static final long MAIN = 1;
    private static final long WORKER = 2;

    private final Film film = new Film();

    private List<Finding> ask() {
        return Analysis.of(History.of(film.recording()));
    }

    @BeforeEach
    void aPoolOfOneWorker() {
        film.at(0).thread("main", MAIN);
        film.at(1).thread("worker", WORKER, EventCodes.PLATFORM_THREAD, "main");
    }

    private Film mainSubmits(String task) {
        return film.at(10)
                .context("main", CONTEXT_PUT, "requestId", MAIN)
                .at(11)
                .created(task, "main");
    }

    private Film leaves(String task, String key) {
        film.at(20).created(task, "").at(21).starts(task, WORKER).at(22).context(task, CONTEXT_PUT, key, WORKER);
        return film.at(23).ends(task);
    }

    @Test
    void a_task_that_runs_without_what_was_there_at_its_submission_is_a_hint() {
        mainSubmits("a").at(12).starts("a", WORKER).at(13).ends("a");
        assertThat(ask()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(FindingKind.CONTEXT_LOST);
            assertThat(finding.confidence()).isEqualTo(Confidence.HINT);
            assertThat(finding.tasks()).containsExactly(film.id("a"));
            assertThat(finding.sentence())
                    .isEqualTo("1 task created at shop.Main.go(Main.java:7) ran without the logging context that was"
                            + " there when it was submitted: key 'requestId'.");
            assertThat(finding.evidence().get(0).statement()).startsWith("Task #1 had the key 'requestId'");
        });
    }

    @Test
    void all_keys_and_tasks_of_one_place_are_one_finding() {
        film.at(9).context("main", CONTEXT_PUT, "user", MAIN);
        mainSubmits("a").at(12).starts("a", WORKER).at(13).ends("a").created("b", "main");
        film.at(14).starts("b", WORKER).at(15).ends("b");
        assertThat(ask()).singleElement().satisfies(finding -> {
            assertThat(finding.tasks()).containsExactly(film.id("a"), film.id("b"));
            assertThat(finding.sentence()).startsWith("2 tasks ").endsWith("keys 'requestId', 'user'.");
        });
    }

    @Test
    void a_virtual_thread_begins_without_the_context_of_who_made_it() {
        film.at(10).context("main", CONTEXT_PUT, "requestId", MAIN);
        film.at(11).thread("v", 30, EventCodes.VIRTUAL_THREAD, "main").at(12).starts("v", 99);
        film.at(13).ends("v");
        assertThat(ask()).extracting(Finding::kind).containsExactly(FindingKind.CONTEXT_LOST);
    }

    @Test
    void a_context_that_a_wrapper_hands_on_is_left_alone() {
        mainSubmits("a").at(12).starts("a", WORKER).at(13).context("a", CONTEXT_PUT, "requestId", WORKER);
        film.at(14).context("a", CONTEXT_REMOVED, "requestId", WORKER).at(15).ends("a");
        assertThat(ask()).isEmpty();
    }

    @Test
    void a_task_that_empties_the_context_minds_it() {
        mainSubmits("a").at(12).starts("a", WORKER).at(13).context("a", CONTEXT_CLEARED, "", WORKER);
        film.at(15).ends("a");
        assertThat(ask()).isEmpty();
    }

    @Test
    void what_was_taken_out_before_the_submission_is_not_lost() {
        film.at(9).context("main", CONTEXT_PUT, "requestId", MAIN);
        film.at(10).context("main", CONTEXT_REMOVED, "requestId", MAIN).created("a", "main");
        film.at(12).starts("a", WORKER).at(13).ends("a");
        assertThat(ask()).isEmpty();
    }

    @Test
    void a_task_that_never_ran_has_lost_nothing() {
        mainSubmits("a").at(13).ends("a");
        assertThat(ask()).isEmpty();
    }

    @Test
    void on_a_worker_older_than_the_recording_nothing_is_lost_until_its_context_was_emptied() {
        mainSubmits("a").at(12).starts("a", 77).at(13).ends("a");
        assertThat(ask()).isEmpty();
        film.at(20).created("b", "").starts("b", 77).context("b", CONTEXT_CLEARED, "", 77);
        film.at(21).ends("b").created("c", "main");
        film.at(22).starts("c", 77).at(23).ends("c");
        assertThat(ask()).extracting(Finding::tasks).containsExactly(List.of(film.id("c")));
    }

    @Test
    void where_threads_inherit_contexts_or_events_are_missing_nothing_is_lost() {
        mainSubmits("a").at(12).starts("a", WORKER).drops(1).at(13).ends("a");
        assertThat(ask()).isEmpty();
        film.at(20).context("main", CONTEXT_UNCLEAR, "", MAIN);
        film.at(21).thread("other", 3, EventCodes.PLATFORM_THREAD, "main");
        film.context("main", CONTEXT_PUT, "requestId", MAIN).created("b", "main");
        film.at(22).starts("b", 3).at(23).ends("b");
        assertThat(ask()).isEmpty();
    }

    @Test
    void a_task_that_runs_with_what_an_ended_one_left_is_likely_sick() {
        leaves("a", "user")
                .at(30)
                .created("b", "")
                .at(31)
                .starts("b", WORKER)
                .at(32)
                .ends("b");
        assertThat(ask()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(FindingKind.CONTEXT_STALE);
            assertThat(finding.confidence()).isEqualTo(Confidence.LIKELY);
            assertThat(finding.tasks()).containsExactly(film.id("b"));
            assertThat(finding.sentence()).endsWith("which ended and left it on the thread: key 'user'.");
            assertThat(finding.innocent()).isEqualTo("all tasks of these threads are to have that same value");
        });
    }

    @Test
    void who_puts_or_takes_out_what_others_left_has_not_used_it() {
        leaves("a", "user").at(30).created("b", "").at(31).starts("b", WORKER);
        film.at(32).context("b", CONTEXT_PUT, "user", WORKER).at(33).ends("b");
        leaves("c", "tenant").at(40).created("d", "").at(41).starts("d", WORKER);
        film.at(42).context("d", CONTEXT_CLEARED, "", WORKER).at(43).ends("d");
        film.at(50).created("e", "").at(51).starts("e", WORKER).at(52).ends("e");
        assertThat(ask())
                .extracting(Finding::kind, finding -> finding.sentence().replaceAll(".*: key ", ""))
                .as("the user that b left to c, and nothing else")
                .containsExactly(org.assertj.core.groups.Tuple.tuple(FindingKind.CONTEXT_STALE, "'user'."));
    }

    @Test
    void what_a_task_takes_out_again_is_stale_for_nobody() {
        film.at(20).created("a", "").at(21).starts("a", WORKER).context("a", CONTEXT_PUT, "user", WORKER);
        film.at(22).context("a", CONTEXT_REMOVED, "user", WORKER).at(23).ends("a");
        film.at(30).created("b", "").at(31).starts("b", WORKER).at(32).ends("b");
        assertThat(ask()).isEmpty();
    }

    @Test
    void what_the_thread_itself_put_and_what_an_outer_task_has_is_not_stale() {
        film.at(20).context("worker", CONTEXT_PUT, "pool", WORKER);
        film.at(21).created("outer", "").starts("outer", WORKER).context("outer", CONTEXT_PUT, "user", WORKER);
        film.at(22).created("inner", "outer").starts("inner", WORKER).at(23).ends("inner");
        film.at(24).context("outer", CONTEXT_REMOVED, "user", WORKER).at(25).ends("outer");
        assertThat(ask()).isEmpty();
    }
}
