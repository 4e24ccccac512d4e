package dev.asyncinspect.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.model.Film;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Findings of a recording about what tasks hold, wait for and signal: each is found, and its healthy look-alikes are left alone. */
class RecordedHoldsTest {

    private static final String HERE = "shop.Main.go(Main.java:7)";

    private final Film film = new Film();

    private List<Finding> ask() {
        return FilmedFindings.of(film);
    }

    private Finding only() {
        return FilmedFindings.only(film);
    }

    // deadlocks

    private void crossed(int kind, int mode, long end) {
        film.at(0).is("A", kind, 1).is("B", kind, 1);
        film.created("a", "").created("b", "").starts("a", 1).starts("b", 2);
        film.at(1).takes("a", "A", mode, "shop.Bank.move(Bank.java:3)");
        film.takes("b", "B", mode, "shop.Bank.move(Bank.java:5)");
        film.at(2).waits("a", "shop.Bank.move (lock) Bank.java:4", "B");
        film.at(3).waits("b", "shop.Bank.move (lock) Bank.java:6", "A");
        film.at(end).created("other", "");
    }

    @Test
    void a_recorded_cycle_of_locks_that_stood_for_a_second_is_proven() {
        crossed(EventCodes.LOCK, EventCodes.EXCLUSIVE, 1500);
        Finding finding = only();
        assertThat(finding.kind()).isEqualTo(FindingKind.LOCK_CYCLE);
        assertThat(finding.confidence()).isEqualTo(Confidence.PROVEN);
        assertThat(finding.tasks()).containsExactlyInAnyOrder(film.id("a"), film.id("b"));
        assertThat(finding.basis()).endsWith(" events in 1.5 s");
        assertThat(finding.evidence().get(0).statement()).isEqualTo("who holds each resource was recorded");
        assertThat(finding.suggestions().get(0)).contains("Bank.java:3/4 takes 'A' then 'B'");
    }

    @Test
    void a_cycle_at_the_very_end_of_a_recording_is_likely_because_what_ended_it_may_be_missing() {
        crossed(EventCodes.LOCK, EventCodes.EXCLUSIVE, 10);
        assertThat(only().confidence()).isEqualTo(Confidence.LIKELY);
        assertThat(only().innocent()).contains("the last events may be missing");
    }

    @Test
    void a_cycle_after_dropped_events_is_not_proven() {
        film.at(0).is("A", EventCodes.LOCK, 0).drops(1);
        crossed(EventCodes.LOCK, EventCodes.EXCLUSIVE, 1500);
        assertThat(only().confidence()).isEqualTo(Confidence.LIKELY);
    }

    @Test
    void a_cycle_through_semaphores_is_found_and_likely_because_anybody_may_give_a_permit() {
        crossed(EventCodes.SEMAPHORE, EventCodes.PERMITS, 1500);
        Finding finding = only();
        assertThat(finding.kind()).isEqualTo(FindingKind.LOCK_CYCLE);
        assertThat(finding.confidence()).isEqualTo(Confidence.LIKELY);
        assertThat(finding.innocent()).contains("given back by a task that did not take it");
    }

    @Test
    void a_semaphore_with_a_permit_left_or_used_as_a_signal_makes_no_cycle() {
        film.at(0).is("A", EventCodes.SEMAPHORE, 2).is("B", EventCodes.SEMAPHORE, 1);
        film.created("a", "").created("b", "").starts("a", 1).starts("b", 2);
        film.takes("a", "A", EventCodes.PERMITS, "x").takes("b", "B", EventCodes.PERMITS, "x");
        film.waits("a", "acquire", "B").waits("b", "acquire", "A");
        film.at(1500).created("other", "");
        assertThat(ask()).isEmpty();
    }

    // future-cycle

    private void futures(boolean bothWait) {
        film.at(0).is("A", EventCodes.FUTURE, 0).is("B", EventCodes.FUTURE, 0);
        film.created("a", "").created("b", "").starts("a", 1).starts("b", 2);
        film.at(1).takes("a", "A", EventCodes.EXCLUSIVE, "").takes("b", "B", EventCodes.EXCLUSIVE, "");
        film.at(2).waits("a", "java.util.concurrent.FutureTask", "B");
        if (bothWait) {
            film.at(3).waits("b", "java.util.concurrent.FutureTask", "A");
        }
        film.at(1500).created("other", "");
    }

    @Test
    void two_tasks_that_wait_for_each_others_futures_are_a_cycle_and_likely_because_a_future_can_be_cancelled() {
        futures(true);
        Finding finding = only();
        assertThat(finding.kind()).isEqualTo(FindingKind.FUTURE_CYCLE);
        assertThat(finding.confidence()).isEqualTo(Confidence.LIKELY);
        assertThat(finding.tasks()).containsExactlyInAnyOrder(film.id("a"), film.id("b"));
        assertThat(finding.innocent()).contains("cancel or complete it by hand");
        assertThat(finding.sentence()).contains("in a circle, at java.util.concurrent.FutureTask: each");
    }

    @Test
    void a_task_that_waits_for_a_future_whose_task_works_is_in_no_cycle() {
        futures(false);
        assertThat(ask()).isEmpty();
    }

    // lost-signal

    private static final String LATCH = "java.util.concurrent.CountDownLatch$Sync";

    /** Three tasks of a fourth; the first two count down, the third does what the test says, and the fourth waits. */
    private void crew(Runnable third) {
        film.at(0).created("guide", "").starts("guide", 1).is("CountDownLatch", EventCodes.LATCH, 0);
        for (int i = 1; i <= 3; i++) {
            film.created("porter" + i, "guide").starts("porter" + i, 1 + i);
        }
        film.at(1).waits("guide", LATCH, "CountDownLatch");
        for (int i = 1; i <= 2; i++) {
            film.at(2).gives("porter" + i, "CountDownLatch", EventCodes.SIGNAL).ends("porter" + i);
        }
        film.at(3);
        third.run();
        film.at(2000).created("other", "");
    }

    @Test
    void a_latch_that_one_of_a_team_left_without_counting_down_is_told_with_who_it_was() {
        crew(() -> film.fails("porter3", "java.lang.IllegalStateException: too heavy"));
        Finding finding = ask().stream()
                .filter(found -> found.kind() == FindingKind.LOST_SIGNAL)
                .findFirst()
                .orElseThrow();
        assertThat(finding.confidence()).isEqualTo(Confidence.LIKELY);
        assertThat(finding.sentence())
                .endsWith("waits for a latch that 2 of the 3 tasks it created at " + HERE
                        + " counted down; the other has ended without.");
        assertThat(finding.evidence().get(0).statement())
                .contains("'porter3'", "failed with java.lang.IllegalStateException: too heavy");
    }

    @Test
    void a_latch_is_left_alone_while_one_of_the_team_lives_or_if_all_have_counted_down() {
        crew(() -> {});
        assertThat(ask()).isEmpty();
    }

    @Test
    void a_latch_that_all_of_the_team_have_counted_down_waits_for_somebody_else() {
        crew(() -> film.gives("porter3", "CountDownLatch", EventCodes.SIGNAL).ends("porter3"));
        assertThat(ask()).isEmpty();
    }

    @Test
    void a_latch_that_nobody_has_counted_down_is_what_a_main_thread_waits_for() {
        film.at(0).created("main", "").starts("main", 1).is("CountDownLatch", EventCodes.LATCH, 0);
        film.created("warm-up", "main").starts("warm-up", 2).ends("warm-up");
        film.at(1).waits("main", LATCH, "CountDownLatch");
        film.at(2000).created("other", "");
        assertThat(ask()).isEmpty();
    }

    @Test
    void the_teams_of_earlier_latches_have_nothing_to_do_with_this_one() {
        film.at(0).created("guide", "").starts("guide", 1);
        film.is("CountDownLatch", EventCodes.LATCH, 0);
        film.created("early", "guide").starts("early", 9).at(1).waits("guide", LATCH, "CountDownLatch");
        film.at(2)
                .gives("early", "CountDownLatch", EventCodes.SIGNAL)
                .ends("early")
                .goesOn("guide", "CountDownLatch");
        film.at(3);
        film.events().resource(film.now(), EventCodes.LATCH, 0, film.symbol("CountDownLatch"), 77);
        film.created("late", "guide").starts("late", 9);
        film.events().awaitStart(film.now(), film.id("guide"), EventCodes.AWAIT_ENDS_POLL, film.symbol(LATCH), 77);
        film.at(4);
        film.events().released(film.now(), film.id("late"), EventCodes.SIGNAL, 0, 0, 77);
        film.ends("late").at(2000).created("other", "");
        assertThat(ask()).isEmpty();
    }

    // permit-leak

    private void bath(String keeper, boolean givenBack) {
        film.at(0).is("Semaphore", EventCodes.SEMAPHORE, 1);
        film.created("first", "").starts("first", 1);
        if (givenBack) {
            film.takes("first", "Semaphore", EventCodes.PERMITS, "x").gives("first", "Semaphore", EventCodes.PERMITS);
        }
        film.ends("first").created("early", "").starts("early", 2).takes("early", "Semaphore", EventCodes.PERMITS, "x");
        film.at(1).created("late", "").starts("late", 3).waits("late", "acquire", "Semaphore");
        film.at(2).ends(keeper);
        film.at(2000).created("other", "");
    }

    @Test
    void permits_that_ended_tasks_took_along_are_told_if_they_are_usually_given_back_and_a_hint_otherwise() {
        bath("early", true);
        Finding finding = only();
        assertThat(finding.kind()).isEqualTo(FindingKind.PERMIT_LEAK);
        assertThat(finding.confidence()).isEqualTo(Confidence.LIKELY);
        assertThat(finding.tasks()).containsExactly(film.id("late"));
        assertThat(finding.sentence())
                .startsWith("1 task waits for a permit of a semaphore whose only permit was taken by")
                .contains("'early'");
    }

    @Test
    void permits_that_were_never_given_back_may_be_given_back_by_a_callback() {
        bath("early", false);
        assertThat(only().confidence()).isEqualTo(Confidence.HINT);
    }

    @Test
    void permits_whose_taker_lives_are_his() {
        bath("first", true);
        assertThat(ask()).isEmpty();
    }

    @Test
    void permits_of_which_one_is_left_are_not_all_lost() {
        film.at(0).is("Semaphore", EventCodes.SEMAPHORE, 2);
        film.created("early", "").starts("early", 2).takes("early", "Semaphore", EventCodes.PERMITS, "x");
        film.ends("early").created("late", "").starts("late", 3).waits("late", "acquire", "Semaphore");
        film.at(2000).created("other", "");
        assertThat(ask()).isEmpty();
    }

    @Test
    void permits_that_others_give_back_tell_nothing_of_who_has_them() {
        film.at(0)
                .is("Semaphore", EventCodes.SEMAPHORE, 1)
                .created("callback", "")
                .starts("callback", 5);
        film.created("taker", "")
                .starts("taker", 6)
                .takes("taker", "Semaphore", EventCodes.PERMITS, "x")
                .ends("taker");
        film.gives("callback", "Semaphore", EventCodes.PERMITS);
        bath("early", false);
        assertThat(ask()).isEmpty();
    }

    // ownerless-lock

    private void endsWithALock(boolean isThread) {
        film.at(0).is("A", EventCodes.LOCK, 0);
        if (isThread) {
            film.thread("owner", 5);
        } else {
            film.created("owner", "");
        }
        film.starts("owner", 5).takes("owner", "A", EventCodes.EXCLUSIVE, "shop.Bank.pay(Bank.java:3)");
        film.created("w", "").starts("w", 2).waits("w", "lock", "A");
        film.at(5).fails("owner", "java.io.IOException: gone").at(3000).created("other", "");
    }

    @Test
    void a_lock_of_a_thread_that_failed_without_giving_it_back_is_ownerless() {
        endsWithALock(true);
        Finding finding = ask().get(0);
        assertThat(finding.kind()).isEqualTo(FindingKind.OWNERLESS_LOCK);
        assertThat(finding.confidence()).isEqualTo(Confidence.PROVEN);
        assertThat(finding.victims()).containsExactly(film.id("w"));
    }

    @Test
    void a_lock_of_a_task_that_ended_may_be_given_back_by_another_on_its_thread() {
        endsWithALock(false);
        assertThat(ask().get(0).kind()).isEqualTo(FindingKind.OWNERLESS_LOCK);
        assertThat(ask().get(0).confidence()).isEqualTo(Confidence.LIKELY);
    }

    // lock-order-inversion

    private void takesBoth(String task, String first, String second) {
        film.takes(task, first, EventCodes.EXCLUSIVE, "shop.Bank." + first + "(Bank.java:3)")
                .takes(task, second, EventCodes.EXCLUSIVE, "shop.Bank." + second + "(Bank.java:4)")
                .gives(task, second, EventCodes.EXCLUSIVE)
                .gives(task, first, EventCodes.EXCLUSIVE);
    }

    private void twoTasksAndLocks() {
        film.at(0).is("A", EventCodes.LOCK, 0).is("B", EventCodes.LOCK, 0).is("G", EventCodes.LOCK, 0);
        film.created("a", "").created("b", "").starts("a", 1).starts("b", 2);
    }

    @Test
    void two_orders_of_two_tasks_are_told_with_both_places_of_each() {
        twoTasksAndLocks();
        takesBoth("a", "A", "B");
        film.at(5);
        takesBoth("b", "B", "A");
        Finding finding = only();
        assertThat(finding.kind()).isEqualTo(FindingKind.LOCK_ORDER_INVERSION);
        assertThat(finding.confidence()).isEqualTo(Confidence.LIKELY);
        assertThat(finding.tasks()).containsExactlyInAnyOrder(film.id("a"), film.id("b"));
        assertThat(finding.evidence())
                .extracting(Evidence::statement)
                .anyMatch(told ->
                        told.contains("took 'A' at shop.Bank.A(Bank.java:3), then 'B' at shop.Bank.B(Bank.java:4)"))
                .anyMatch(told ->
                        told.contains("took 'B' at shop.Bank.B(Bank.java:3), then 'A' at shop.Bank.A(Bank.java:4)"));
    }

    @Test
    void two_orders_of_one_task_are_no_inversion() {
        twoTasksAndLocks();
        takesBoth("a", "A", "B");
        takesBoth("a", "B", "A");
        assertThat(ask()).isEmpty();
    }

    @Test
    void two_orders_behind_a_gate_are_no_inversion() {
        twoTasksAndLocks();
        for (String task : List.of("a", "b")) {
            film.takes(task, "G", EventCodes.EXCLUSIVE, "g");
            takesBoth(task, task.equals("a") ? "A" : "B", task.equals("a") ? "B" : "A");
            film.gives(task, "G", EventCodes.EXCLUSIVE);
        }
        assertThat(ask()).isEmpty();
    }

    @Test
    void two_orders_of_which_one_takes_its_second_lock_by_try_lock_are_no_inversion() {
        twoTasksAndLocks();
        takesBoth("a", "A", "B");
        film.takes("b", "B", EventCodes.EXCLUSIVE, "x").takes("b", "A", EventCodes.EXCLUSIVE | EventCodes.TRIED, "y");
        film.gives("b", "A", EventCodes.EXCLUSIVE).gives("b", "B", EventCodes.EXCLUSIVE);
        assertThat(ask()).isEmpty();
        assertThat(film.recording().resources())
                .allMatch(lock -> lock.exact() && lock.heldAt(0).isEmpty());
    }

    @Test
    void two_orders_whose_first_locks_were_tried_are_an_inversion_all_the_same() {
        twoTasksAndLocks();
        film.takes("a", "A", EventCodes.EXCLUSIVE | EventCodes.TRIED, "x").takes("a", "B", EventCodes.EXCLUSIVE, "y");
        film.gives("a", "B", EventCodes.EXCLUSIVE).gives("a", "A", EventCodes.EXCLUSIVE);
        takesBoth("b", "B", "A");
        assertThat(only().kind()).isEqualTo(FindingKind.LOCK_ORDER_INVERSION);
    }

    @Test
    void two_orders_of_tasks_that_never_lived_together_are_no_inversion() {
        twoTasksAndLocks();
        takesBoth("a", "A", "B");
        film.at(5).ends("a");
        film.at(6).created("late", "");
        takesBoth("late", "B", "A");
        assertThat(ask()).isEmpty();
    }

    @Test
    void two_orders_of_which_one_lock_is_only_read_are_no_inversion() {
        film.at(0).is("A", EventCodes.READ_WRITE_LOCK, 0).is("B", EventCodes.LOCK, 0);
        film.created("a", "").created("b", "").starts("a", 1).starts("b", 2);
        film.takes("a", "A", EventCodes.SHARED, "x").takes("a", "B", EventCodes.EXCLUSIVE, "y");
        film.gives("a", "B", EventCodes.EXCLUSIVE).gives("a", "A", EventCodes.SHARED);
        film.takes("b", "B", EventCodes.EXCLUSIVE, "x").takes("b", "A", EventCodes.SHARED, "y");
        assertThat(ask()).isEmpty();
    }

    @Test
    void an_inversion_that_came_to_a_deadlock_is_told_as_that_alone() {
        twoTasksAndLocks();
        takesBoth("a", "A", "B");
        takesBoth("b", "B", "A");
        crossed(EventCodes.LOCK, EventCodes.EXCLUSIVE, 1500);
        assertThat(only().kind()).isEqualTo(FindingKind.LOCK_CYCLE);
    }
}
