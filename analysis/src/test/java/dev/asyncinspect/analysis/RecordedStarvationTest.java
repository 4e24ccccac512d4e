package dev.asyncinspect.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.model.Film;
import org.junit.jupiter.api.Test;

/** What a recording alone says of tasks that wait for work in the queue of their own pool, or for stages: found, and healthy twins left alone. */
class RecordedStarvationTest {

    private static final String GET = "java.util.concurrent.FutureTask.get";
    private static final String JOIN = "java.util.concurrent.CompletableFuture.join";

    private final Film film = new Film();

    /** A pool of so many workers, at two tasks, and two more tasks that lie in its queue with a future each. */
    private Film kitchen(int workers) {
        film.at(0).is("kitchen", EventCodes.POOL, workers);
        film.is("soup", EventCodes.FUTURE, 0).is("salad", EventCodes.FUTURE, 0);
        for (String cook : new String[] {"cook1", "cook2"}) {
            film.created(cook, "").submitted(cook).runBy(cook, "kitchen");
        }
        film.starts("cook1", 1).starts("cook2", 2);
        film.at(1);
        for (String dish : new String[] {"soup", "salad"}) {
            film.created("makes " + dish, "cook1").submitted("makes " + dish).runBy("makes " + dish, "kitchen");
            film.takes("makes " + dish, dish, EventCodes.EXCLUSIVE, "");
        }
        return film.at(2).waits("cook1", GET, "soup");
    }

    private void later(long millis) {
        film.at(millis).thread("other", 77);
    }

    @Test
    void workers_that_all_wait_for_work_in_the_queue_of_their_pool_are_starved_and_it_is_likely() {
        kitchen(2).waits("cook2", GET, "salad");
        later(1500);
        Finding finding = FilmedFindings.only(film);
        assertThat(finding.kind()).isEqualTo(FindingKind.POOL_STARVATION);
        assertThat(finding.confidence()).isEqualTo(Confidence.LIKELY);
        assertThat(finding.tasks()).containsExactlyInAnyOrder(film.id("cook1"), film.id("cook2"));
        assertThat(finding.sentence())
                .isEqualTo("Every worker that could run the awaited work waits for it itself: 2 tasks at " + GET
                        + ". None of them can ever go on.");
        assertThat(finding.innocent())
                .contains("handed to a pool 'kitchen' that has no more than 2 workers, and nobody has begun it")
                .contains("complete it by hand");
    }

    @Test
    void who_waits_outside_for_one_of_them_is_a_victim() {
        kitchen(2).waits("cook2", GET, "salad").is("meal", EventCodes.FUTURE, 0).takes("cook1", "meal", 1, "");
        film.at(3).created("guest", "").starts("guest", 9).waits("guest", GET, "meal");
        later(1500);
        assertThat(FilmedFindings.only(film).victims()).containsExactly(film.id("guest"));
    }

    @Test
    void a_pool_that_may_have_another_worker_is_not_starved() {
        kitchen(3).waits("cook2", GET, "salad");
        later(1500);
        assertThat(FilmedFindings.of(film)).isEmpty();
    }

    @Test
    void a_pool_with_a_worker_that_still_runs_or_waits_for_a_time_is_not_starved() {
        kitchen(2);
        later(1500);
        assertThat(FilmedFindings.of(film)).isEmpty();
    }

    @Test
    void a_worker_that_waits_for_something_else_may_come_back() {
        kitchen(2).waits("cook2", "java.net.Socket.read", "");
        later(1500);
        assertThat(FilmedFindings.of(film)).isEmpty();
    }

    @Test
    void waits_that_have_just_begun_prove_nothing_since_what_ended_them_may_not_have_been_written() {
        kitchen(2).waits("cook2", GET, "salad");
        later(900);
        assertThat(FilmedFindings.of(film)).isEmpty();
    }

    @Test
    void lost_events_may_have_begun_the_work_so_nothing_is_concluded() {
        kitchen(2).waits("cook2", GET, "salad").drops(3);
        later(1500);
        assertThat(FilmedFindings.of(film)).isEmpty();
    }

    @Test
    void a_worker_of_a_pool_that_nobody_told_the_size_of_is_left_alone() {
        kitchen(0).waits("cook2", GET, "salad");
        later(1500);
        assertThat(FilmedFindings.of(film)).isEmpty();
    }

    @Test
    void a_pool_that_was_too_small_until_it_was_given_more_workers_is_not_starved() {
        kitchen(2).waits("cook2", GET, "salad").at(1000).is("kitchen", EventCodes.POOL, 3);
        later(1500);
        assertThat(FilmedFindings.of(film)).isEmpty();
        assertThat(film.recording().resource(film.resource("kitchen")).capacityAt(999 * Film.MILLI))
                .isEqualTo(2);
    }

    // pools that stand in for who joins

    /** A ForkJoinPool of so many workers of which two wait, each for work in its queue. */
    private void forkJoinKitchen(int parallelism, String how) {
        film.at(0).is("kitchen", EventCodes.POOL, parallelism);
        for (int i = 1; i <= 2; i++) {
            film.thread("ForkJoinPool-1-worker-" + i, i);
            film.created("cook" + i, "").submitted("cook" + i).forkedIn("cook" + i, "kitchen");
            film.starts("cook" + i, i).is("dish" + i, EventCodes.FUTURE, 0);
            film.created("makes" + i, "cook" + i).submitted("makes" + i).forkedIn("makes" + i, "kitchen");
            film.takes("makes" + i, "dish" + i, EventCodes.EXCLUSIVE, "");
            film.at(2).waits("cook" + i, how, "dish" + i);
        }
    }

    @Test
    void a_ForkJoinPool_does_not_stand_in_for_who_waits_by_FutureTask_get() {
        forkJoinKitchen(2, GET);
        later(1500);
        Finding finding = FilmedFindings.only(film);
        assertThat(finding.kind()).isEqualTo(FindingKind.POOL_STARVATION);
        assertThat(finding.confidence()).isEqualTo(Confidence.LIKELY);
        assertThat(finding.innocent())
                .contains("makes no worker more when 2 workers of it wait by FutureTask.get")
                .contains("whoever joins it from outside may run it");
    }

    @Test
    void a_ForkJoinPool_makes_a_worker_for_who_waits_otherwise_or_while_it_has_fewer_than_its_parallelism() {
        forkJoinKitchen(2, JOIN);
        later(1500);
        assertThat(FilmedFindings.of(film)).isEmpty();
    }

    @Test
    void a_ForkJoinPool_with_fewer_workers_than_its_parallelism_makes_another() {
        forkJoinKitchen(3, GET);
        later(1500);
        assertThat(FilmedFindings.of(film)).isEmpty();
    }

    @Test
    void a_worker_of_any_ForkJoinPool_that_runs_something_untold_may_come_by() {
        forkJoinKitchen(2, GET);
        film.thread("ForkJoinPool-1-worker-3", 3).starts("ForkJoinPool-1-worker-3", 3);
        later(1500);
        assertThat(FilmedFindings.of(film)).isEmpty();
        film.waits("ForkJoinPool-1-worker-3", "java.util.concurrent.ForkJoinPool", "");
        later(1600);
        assertThat(FilmedFindings.only(film).kind()).isEqualTo(FindingKind.POOL_STARVATION);
    }

    // a thread for each task

    @Test
    void threads_that_wait_for_the_futures_of_each_other_are_a_cycle() {
        film.at(0).is("hers", EventCodes.FUTURE, 0).is("his", EventCodes.FUTURE, 0);
        film.thread("he", 30, EventCodes.VIRTUAL_THREAD, "").starts("he", 99);
        film.thread("she", 31, EventCodes.VIRTUAL_THREAD, "").starts("she", 98);
        film.created("inner", "he")
                .starts("inner", 30)
                .at(1)
                .completes("he", "his")
                .ends("inner");
        film.completes("she", "hers").waits("he", GET, "hers").waits("she", GET, "his");
        later(1500);
        Finding finding = FilmedFindings.only(film);
        assertThat(finding.kind()).isEqualTo(FindingKind.FUTURE_CYCLE);
        assertThat(finding.tasks()).containsExactlyInAnyOrder(30L, 31L);
    }

    @Test
    void who_waits_for_the_future_of_a_thread_that_runs_is_left_alone() {
        film.at(0).is("hers", EventCodes.FUTURE, 0);
        film.thread("he", 30, EventCodes.VIRTUAL_THREAD, "").starts("he", 99);
        film.thread("she", 31, EventCodes.VIRTUAL_THREAD, "").starts("she", 98);
        film.at(1).completes("she", "hers").waits("he", GET, "hers");
        later(1500);
        assertThat(FilmedFindings.of(film)).isEmpty();
    }

    // stages

    /** The only worker waits for a stage that is made of work in its queue in some way. */
    private Film onlyCook() {
        film.at(0).is("kitchen", EventCodes.POOL, 1).is("served", EventCodes.FUTURE, 0);
        film.created("cook", "").submitted("cook").runBy("cook", "kitchen").starts("cook", 1);
        film.created("work", "cook").submitted("work").runBy("work", "kitchen");
        return film;
    }

    private void cookWaitsFor(String stage) {
        film.at(1).takes(stage, "served", EventCodes.EXCLUSIVE, "").waits("cook", JOIN, "served");
        later(1500);
    }

    private void stage(String name) {
        film.created(name, "cook", EventCodes.FUTURE_STAGE, "shop.Kitchen.serve");
    }

    @Test
    void who_waits_for_a_stage_waits_for_the_queued_work_that_it_hangs_on() {
        onlyCook();
        stage("plate");
        stage("garnish");
        film.links("plate", EventCodes.DERIVED_FROM, "work").links("garnish", EventCodes.DERIVED_FROM, "plate");
        cookWaitsFor("garnish");
        Finding finding = FilmedFindings.only(film);
        assertThat(finding.kind()).isEqualTo(FindingKind.POOL_STARVATION);
        assertThat(finding.tasks()).containsExactly(film.id("cook"));
    }

    @Test
    void of_several_sources_that_all_have_to_be_complete_one_that_lies_in_the_queue_is_enough() {
        onlyCook().is("x", EventCodes.FUTURE, 0);
        stage("all");
        film.created("unknown", "");
        film.links("all", EventCodes.DERIVED_FROM, "unknown").links("all", EventCodes.DERIVED_FROM, "work");
        cookWaitsFor("all");
        assertThat(FilmedFindings.only(film).kind()).isEqualTo(FindingKind.POOL_STARVATION);
    }

    @Test
    void a_stage_that_needs_only_one_of_several_sources_may_have_it_from_another() {
        onlyCook();
        stage("first");
        film.needsOneOf("first", "work");
        cookWaitsFor("first");
        assertThat(FilmedFindings.of(film)).isEmpty();
    }

    @Test
    void a_stage_whose_function_has_returned_another_stage_waits_for_that() {
        onlyCook();
        stage("composed");
        film.starts("composed", 5).stops("composed", 5).links("composed", EventCodes.AWAITS, "work");
        cookWaitsFor("composed");
        assertThat(FilmedFindings.only(film).kind()).isEqualTo(FindingKind.POOL_STARVATION);
    }

    @Test
    void a_task_that_waits_for_a_stage_of_itself_is_a_cycle_of_futures() {
        film.at(0).is("served", EventCodes.FUTURE, 0).created("cook", "").starts("cook", 1);
        stage("plate");
        film.links("plate", EventCodes.DERIVED_FROM, "cook");
        cookWaitsFor("plate");
        Finding finding = FilmedFindings.only(film);
        assertThat(finding.kind()).isEqualTo(FindingKind.FUTURE_CYCLE);
        assertThat(finding.innocent()).contains("it is a stage that depends on the work of that task");
    }

    @Test
    void a_stage_whose_source_somebody_works_at_is_no_finding() {
        onlyCook().starts("work", 2);
        stage("plate");
        film.links("plate", EventCodes.DERIVED_FROM, "work");
        cookWaitsFor("plate");
        assertThat(FilmedFindings.of(film)).isEmpty();
    }
}
