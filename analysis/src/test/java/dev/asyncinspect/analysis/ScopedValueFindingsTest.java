package dev.asyncinspect.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.model.Film;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Scoped values that were bound where a task was submitted and not where it read them, and all the ways to be right. */
class ScopedValueFindingsTest {

    private static final long MAIN = 1;
    private static final long WORKER = 2;
    private static final long CUSTOMER = 0xf0f0_f0f0L;
    private static final String READ = "shop.Till.CUSTOMER, read at shop.Till.pay(Till.java:9)";
    private static final String UNBOUND = "java.util.NoSuchElementException: ScopedValue not bound";

    private final Film film = new Film();

    @BeforeEach
    void aPoolOfOneWorker() {
        film.at(0).thread("main", MAIN).at(1).thread("worker", WORKER, EventCodes.PLATFORM_THREAD, "main");
    }

    private Film submitsBound(String task) {
        return film.at(10).created(task, "main").bound(task, CUSTOMER).at(12).starts(task, WORKER);
    }

    @Test
    void a_task_that_fails_for_want_of_what_was_bound_at_its_submission_is_likely_to_have_lost_it() {
        submitsBound("a").findsUnbound(WORKER, CUSTOMER, READ).fails("a", UNBOUND);
        Finding finding = FilmedFindings.only(film);
        assertThat(finding.kind()).isEqualTo(FindingKind.CONTEXT_LOST);
        assertThat(finding.confidence()).isEqualTo(Confidence.LIKELY);
        assertThat(finding.tasks()).containsExactly(film.id("a"));
        assertThat(finding.sentence())
                .isEqualTo("1 task created at shop.Main.go(Main.java:7) failed because a scoped value that was"
                        + " bound where it was submitted was not bound while it ran: " + READ + ".");
        assertThat(finding.evidence().get(0).statement())
                .isEqualTo(READ + " was bound when task #1 submitted task #T2; while that ran, get() threw"
                        + " NoSuchElementException, and the task ended by that");
    }

    @Test
    void a_task_that_goes_on_without_it_is_a_hint() {
        submitsBound("a").findsUnbound(WORKER, CUSTOMER, "").ends("a");
        submitsBound("b").findsUnbound(WORKER, CUSTOMER, "").fails("b", "java.util.NoSuchElementException: empty");
        Finding finding = FilmedFindings.only(film);
        assertThat(finding.confidence()).isEqualTo(Confidence.HINT);
        assertThat(finding.sentence())
                .startsWith("2 tasks ")
                .endsWith("bound where they were submitted, and found it unbound: java.lang.ScopedValue@f0f0f0f0.");
        assertThat(finding.innocent()).contains("can do without");
    }

    @Test
    void a_task_that_reads_what_was_not_bound_at_its_submission_has_lost_nothing() {
        submitsBound("a").findsUnbound(WORKER, 7, "").fails("a", UNBOUND);
        film.at(20).created("b", "main").starts("b", WORKER).findsUnbound(WORKER, CUSTOMER, "");
        film.fails("b", UNBOUND);
        assertThat(FilmedFindings.of(film)).isEmpty();
    }

    @Test
    void a_task_that_does_not_read_it_or_finds_it_bound_has_lost_nothing() {
        submitsBound("a").at(13).ends("a");
        assertThat(FilmedFindings.of(film)).isEmpty();
    }

    @Test
    void what_an_inner_task_or_somebody_else_reads_is_not_what_the_outer_one_has_lost() {
        submitsBound("a").created("inner", "a").starts("inner", WORKER).findsUnbound(WORKER, CUSTOMER, READ);
        film.at(13)
                .fails("inner", UNBOUND)
                .findsUnbound(77, CUSTOMER, READ)
                .at(14)
                .ends("a");
        assertThat(FilmedFindings.of(film)).isEmpty();
    }

    @Test
    void a_worker_made_where_it_was_bound_may_run_for_others_and_is_told_only_if_it_dies_of_it() {
        film.bound("worker", CUSTOMER)
                .findsUnbound(WORKER, CUSTOMER, READ)
                .at(9)
                .ends("worker");
        assertThat(FilmedFindings.of(film)).isEmpty();
        film.thread("clerk", 3, EventCodes.PLATFORM_THREAD, "main").bound("clerk", CUSTOMER);
        film.findsUnbound(3, CUSTOMER, READ).fails("clerk", UNBOUND);
        assertThat(FilmedFindings.only(film).tasks()).containsExactly(3L);
    }

    @Test
    void a_virtual_thread_is_a_task_of_its_own() {
        film.thread("v", 30, EventCodes.VIRTUAL_THREAD, "main")
                .bound("v", CUSTOMER)
                .starts("v", 99);
        film.findsUnbound(30, CUSTOMER, READ).at(13).ends("v");
        assertThat(FilmedFindings.only(film).tasks()).containsExactly(30L);
    }

    @Test
    void where_events_are_missing_nothing_is_lost() {
        submitsBound("a").drops(1).findsUnbound(WORKER, CUSTOMER, READ).fails("a", UNBOUND);
        assertThat(FilmedFindings.of(film)).isEmpty();
    }
}
