package dev.asyncinspect.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.event.AwaitCalls;
import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.model.Film;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two opposite orders of locks that can never overlap, because the one always comes after the other, are none; if they only happened to, they are. */
class LockOrderPrecedenceTest {

    private static final String HERE = "shop.Main.go(Main.java:7)";

    private final Film film = new Film();

    @BeforeEach
    void two_tasks_that_live_at_the_same_time() {
        film.at(0).is("A", EventCodes.LOCK, 0).is("B", EventCodes.LOCK, 0);
        film.created("a", "").created("b", "").starts("a", 1).starts("b", 2);
    }

    private void takesBoth(String task, String first, String second) {
        film.takes(task, first, EventCodes.EXCLUSIVE, HERE).takes(task, second, EventCodes.EXCLUSIVE, HERE);
        film.gives(task, second, EventCodes.EXCLUSIVE).gives(task, first, EventCodes.EXCLUSIVE);
    }

    /** Task a takes A and B at 10, task b B and A at 30. */
    private void oneAfterTheOther(Runnable between) {
        film.at(10);
        takesBoth("a", "A", "B");
        film.at(20);
        between.run();
        film.at(30);
        takesBoth("b", "B", "A");
        film.at(40).created("last", "");
    }

    private void told(Confidence confidence) {
        Finding finding = FilmedFindings.only(film);
        assertThat(finding.kind()).isEqualTo(FindingKind.LOCK_ORDER_INVERSION);
        assertThat(finding.confidence()).isEqualTo(confidence);
    }

    private void silent() {
        assertThat(FilmedFindings.of(film)).isEmpty();
    }

    @Test
    void orders_that_only_happened_to_come_one_after_the_other_are_told() {
        oneAfterTheOther(() -> film.created("other", "a"));
        told(Confidence.LIKELY);
    }

    @Test
    void who_had_ended_before_the_other_began_may_have_been_waited_for_unseen_and_is_a_hint() {
        oneAfterTheOther(() -> film.ends("a"));
        told(Confidence.HINT);
        assertThat(FilmedFindings.only(film).innocent()).contains("there already is not recorded");
    }

    @Test
    void what_the_other_created_and_what_had_ended_when_that_began_is_no_inversion() {
        film.at(5).created("child", "a").starts("child", 3);
        film.at(10);
        takesBoth("child", "A", "B");
        film.at(20).ends("child");
        film.at(30);
        takesBoth("a", "B", "A");
        silent();
    }

    @Test
    void what_the_other_created_and_what_had_not_ended_when_that_began_is_an_inversion() {
        film.at(5).created("child", "a").starts("child", 3);
        film.at(10);
        takesBoth("child", "A", "B");
        film.at(30);
        takesBoth("a", "B", "A");
        told(Confidence.LIKELY);
    }

    @Test
    void who_joined_the_other_before_it_took_its_locks_is_no_inversion() {
        film.at(5).waits("b", AwaitCalls.JOIN, "").links("b", EventCodes.AWAITS, "a");
        oneAfterTheOther(() -> film.ends("a").goesOn("b", ""));
        silent();
    }

    @Test
    void who_joins_the_other_only_afterwards_is_an_inversion() {
        oneAfterTheOther(() -> film.created("other", "a"));
        film.at(41)
                .waits("b", AwaitCalls.JOIN, "")
                .links("b", EventCodes.AWAITS, "a")
                .ends("a");
        film.at(42).goesOn("b", "");
        told(Confidence.LIKELY);
    }

    @Test
    void what_was_created_after_the_others_locks_by_it_is_no_inversion() {
        film.at(10);
        takesBoth("a", "A", "B");
        film.at(20).created("child", "a").starts("child", 3);
        film.at(30);
        takesBoth("child", "B", "A");
        silent();
    }

    @Test
    void what_was_created_before_the_others_locks_by_it_is_an_inversion() {
        film.at(5).created("child", "a").starts("child", 3);
        film.at(10);
        takesBoth("a", "A", "B");
        film.at(30);
        takesBoth("child", "B", "A");
        told(Confidence.LIKELY);
    }

    @Test
    void who_waited_for_the_future_of_the_other_is_no_inversion() {
        film.at(1).is("future", EventCodes.FUTURE, 0).takes("a", "future", EventCodes.EXCLUSIVE, HERE);
        film.at(5).waits("b", "java.util.concurrent.FutureTask", "future");
        oneAfterTheOther(() -> film.ends("a").goesOn("b", "future"));
        silent();
    }

    @Test
    void who_completes_a_future_may_tell_of_its_own_end_only_afterwards() {
        film.at(1).is("future", EventCodes.FUTURE, 0).takes("a", "future", EventCodes.EXCLUSIVE, HERE);
        film.at(5).waits("b", "java.util.concurrent.FutureTask", "future");
        oneAfterTheOther(() -> film.goesOn("b", "future"));
        film.at(41).ends("a");
        silent();
    }

    @Test
    void who_waited_for_the_future_of_somebody_else_is_an_inversion() {
        film.at(1).is("future", EventCodes.FUTURE, 0).created("c", "").takes("c", "future", EventCodes.EXCLUSIVE, HERE);
        film.at(5).waits("b", "java.util.concurrent.FutureTask", "future");
        oneAfterTheOther(() -> film.ends("c").goesOn("b", "future"));
        told(Confidence.LIKELY);
    }

    @Test
    void who_waited_at_a_latch_that_the_other_counted_down_afterwards_is_no_inversion() {
        film.at(1).is("latch", EventCodes.LATCH, 1);
        film.at(5).waits("b", "java.util.concurrent.CountDownLatch$Sync", "latch");
        oneAfterTheOther(() -> film.gives("a", "latch", EventCodes.SIGNAL).goesOn("b", "latch"));
        silent();
    }

    @Test
    void a_latch_that_the_other_counted_down_before_its_locks_keeps_nothing_apart() {
        film.at(1).is("latch", EventCodes.LATCH, 1);
        film.at(5).waits("b", "java.util.concurrent.CountDownLatch$Sync", "latch");
        film.at(6).gives("a", "latch", EventCodes.SIGNAL).goesOn("b", "latch");
        oneAfterTheOther(() -> film.created("other", "a"));
        told(Confidence.LIKELY);
    }

    @Test
    void permits_that_went_from_one_to_the_other_could_have_gone_the_other_way() {
        film.at(1).is("permits", EventCodes.SEMAPHORE, 1).takes("a", "permits", EventCodes.PERMITS, HERE);
        film.at(5).waits("b", "java.util.concurrent.Semaphore$NonfairSync", "permits");
        oneAfterTheOther(() -> film.gives("a", "permits", EventCodes.PERMITS)
                .woken("b", "a")
                .goesOn("b", "permits")
                .takes("b", "permits", EventCodes.PERMITS, HERE)
                .gives("b", "permits", EventCodes.PERMITS));
        told(Confidence.LIKELY);
    }

    @Test
    void who_joins_a_third_that_joined_the_other_is_no_inversion() {
        film.at(2).created("c", "").starts("c", 3);
        film.at(5).waits("c", AwaitCalls.JOIN, "").links("c", EventCodes.AWAITS, "a");
        film.at(6).waits("b", AwaitCalls.JOIN, "").links("b", EventCodes.AWAITS, "c");
        oneAfterTheOther(() -> film.ends("a").goesOn("c", "").at(21).ends("c").goesOn("b", ""));
        silent();
    }

    @Test
    void two_tasks_of_one_worker_are_no_inversion() {
        film.at(5).created("d", "").created("e", "").starts("d", 9);
        film.at(10);
        takesBoth("d", "A", "B");
        film.at(20).ends("d").starts("e", 9);
        film.at(30);
        takesBoth("e", "B", "A");
        silent();
    }

    @Test
    void who_joined_the_worker_that_ran_the_other_is_no_inversion() {
        film.at(1).thread("worker", 1);
        film.at(5).waits("b", AwaitCalls.JOIN, "").links("b", EventCodes.AWAITS, "worker");
        oneAfterTheOther(() -> film.ends("a").at(21).ends("worker").goesOn("b", ""));
        silent();
    }

    @Test
    void a_stage_of_the_other_is_no_inversion_and_one_that_needs_either_of_two_is() {
        film.at(1).created("stage", "").links("stage", EventCodes.DERIVED_FROM, "a");
        film.created("either", "").needsOneOf("either", "a");
        film.at(10);
        takesBoth("a", "A", "B");
        film.at(20).ends("a").starts("stage", 3);
        film.at(30);
        takesBoth("stage", "B", "A");
        silent();
        film.at(40).starts("either", 4);
        film.at(41);
        takesBoth("either", "B", "A");
        told(Confidence.HINT);
    }
}
