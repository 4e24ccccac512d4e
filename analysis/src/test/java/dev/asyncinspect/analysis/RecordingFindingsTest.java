package dev.asyncinspect.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.model.Film;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Findings about time that need a recording: each is found, and its healthy look-alikes are left alone. */
class RecordingFindingsTest {

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

    // leaked-task

    private void everySecond(int seconds, int each, boolean end) {
        int number = 0;
        for (int second = 0; second < seconds; second++) {
            for (int i = 0; i < each; i++) {
                String task = "t" + number++;
                film.at(second * 1000L + i).created(task, "").starts(task, 1).waits(task, "read", "");
                if (end) {
                    film.at(second * 1000L + i + 1).goesOn(task, "").ends(task);
                }
            }
        }
        film.at(seconds * 1000L).created("last", "", EventCodes.MANUAL, "elsewhere");
    }

    @Test
    void tasks_of_one_place_that_never_end_and_grow_in_number_leak() {
        everySecond(16, 10, false);
        Finding finding = only();
        assertThat(finding.kind()).isEqualTo(FindingKind.LEAKED_TASK);
        assertThat(finding.sentence()).contains(HERE, "160 at its end");
        assertThat(finding.confidence()).isEqualTo(Confidence.LIKELY);
        assertThat(finding.evidence().get(1).statement()).startsWith("0 of 160 have ended, 160 of those");
    }

    @Test
    void tasks_that_grow_in_number_and_are_served_now_and_then_are_a_hint() {
        everySecond(16, 10, false);
        for (int i = 0; i < 160; i++) {
            film.at(16_000).goesOn("t" + i, "").waits("t" + i, "read", "");
        }
        assertThat(only().kind()).isEqualTo(FindingKind.LEAKED_TASK);
        assertThat(only().confidence()).isEqualTo(Confidence.HINT);
    }

    @Test
    void idle_workers_of_a_pool_that_still_gets_more_of_them_are_a_hint() {
        for (int i = 0; i < 160; i++) {
            film.at(100L * i)
                    .created("w" + i, "", EventCodes.PLATFORM_THREAD, "java.util.concurrent.ThreadPoolExecutor$Worker")
                    .starts("w" + i, 1)
                    .waits("w" + i, "take", "");
        }
        assertThat(only().confidence()).isEqualTo(Confidence.HINT);
    }

    @Test
    void tasks_that_end_and_tasks_that_were_all_there_early_do_not_leak() {
        everySecond(16, 10, true);
        for (int i = 0; i < 200; i++) {
            film.at(1).created("early" + i, "", EventCodes.EXECUTOR_TASK, "warm up");
            film.starts("early" + i, 1).waits("early" + i, "take", "");
        }
        assertThat(ask()).isEmpty();
    }

    @Test
    void tasks_that_grow_in_number_though_one_in_six_ends_do_not_leak() {
        everySecond(16, 10, false);
        for (int i = 0; i < 32; i++) {
            film.at(15_900).created("over" + i, "").starts("over" + i, 1).ends("over" + i);
        }
        film.at(16_000).created("last", "", EventCodes.MANUAL, "elsewhere");
        assertThat(ask()).isEmpty();
    }

    @Test
    void nothing_leaks_where_events_are_missing_which_may_have_been_ends() {
        everySecond(16, 10, false);
        film.drops(1);
        assertThat(ask()).isEmpty();
    }

    @Test
    void a_fork_that_outlives_what_forked_it_leaks() {
        film.at(0).created("parent", "").starts("parent", 1);
        film.created("fork", "parent", EventCodes.SCOPE_FORK, HERE).starts("fork", 2);
        film.at(5).ends("parent");
        film.at(2000).created("other", "");
        assertThat(only().kind()).isEqualTo(FindingKind.LEAKED_TASK);
        assertThat(only().tasks()).containsExactly(film.id("fork"));
        film.ends("fork");
        assertThat(ask()).isEmpty();
    }

    @Test
    void a_fork_may_end_a_moment_after_what_forked_it() {
        film.at(0).created("parent", "").starts("parent", 1);
        film.created("fork", "parent", EventCodes.SCOPE_FORK, HERE).starts("fork", 2);
        film.at(5).ends("parent");
        film.at(900).created("other", "");
        assertThat(ask()).isEmpty();
    }

    // queue-growth, slow-pool

    private void handsIn(int seconds, int each, int begun) {
        int next = 0;
        for (int second = 0; second < seconds; second++) {
            for (int i = 0; i < each; i++) {
                film.at(second * 1000L).created("q" + (second * each + i), "").submitted("q" + (second * each + i));
            }
            for (int i = 0; i < begun; i++) {
                film.at(second * 1000L + i).starts("q" + next, 1).ends("q" + next++);
            }
        }
        film.at(seconds * 1000L).created("last", "", EventCodes.MANUAL, "elsewhere");
    }

    @Test
    void work_that_is_handed_in_faster_than_done_all_the_time_makes_a_growing_queue() {
        handsIn(16, 20, 5);
        List<Finding> findings = ask();
        assertThat(findings).extracting(Finding::kind).contains(FindingKind.QUEUE_GROWTH);
        assertThat(findings.get(0).sentence()).contains("240 tasks wait to be begun");
        assertThat(findings.get(0).evidence().get(1).statement())
                .isEqualTo("20 tasks a second were handed in, 5 begun");
    }

    @Test
    void a_queue_that_is_worked_off_does_not_grow() {
        handsIn(16, 5, 5);
        assertThat(ask()).isEmpty();
    }

    @Test
    void a_queue_from_which_nobody_takes_any_longer_is_stuck_and_does_not_grow() {
        handsIn(16, 20, 0);
        film.at(16_000).starts("q0", 1);
        assertThat(ask()).extracting(Finding::kind).doesNotContain(FindingKind.QUEUE_GROWTH);
    }

    @Test
    void a_queue_seems_to_grow_where_events_are_missing_which_may_have_been_beginnings() {
        handsIn(16, 20, 5);
        film.drops(1);
        assertThat(ask()).extracting(Finding::kind).doesNotContain(FindingKind.QUEUE_GROWTH);
    }

    @Test
    void work_that_was_all_there_early_and_becomes_due_bit_by_bit_is_not_handed_in_faster_than_done() {
        for (int i = 0; i < 320; i++) {
            film.at(0).created("q" + i, "");
        }
        for (int i = 0; i < 320; i++) {
            film.at(50L * i).submitted("q" + i);
            if (i % 4 == 0) {
                film.starts("q" + i / 4, 1).ends("q" + i / 4);
            }
        }
        film.at(16_000).created("last", "", EventCodes.MANUAL, "elsewhere");
        assertThat(ask()).extracting(Finding::kind).doesNotContain(FindingKind.QUEUE_GROWTH);
    }

    @Test
    void timeouts_that_wait_for_their_time_are_no_growing_queue_and_no_slow_pool() {
        for (int i = 0; i < 320; i++) {
            film.at(50L * i).created("t" + i, "");
            if (i % 4 == 0 && i >= 20) {
                film.starts("t" + (i - 20), 1).ends("t" + (i - 20)); // one in four is due after a second
            }
        }
        assertThat(ask()).isEmpty();
    }

    @Test
    void a_batch_is_no_growing_queue_but_its_tasks_wait_for_a_worker() {
        for (int i = 0; i < 400; i++) {
            film.at(0).created("b" + i, "").submitted("b" + i);
        }
        for (int i = 0; i < 400; i++) {
            film.at(20L * i).starts("b" + i, 1).ends("b" + i);
        }
        Finding finding = only();
        assertThat(finding.kind()).isEqualTo(FindingKind.SLOW_POOL);
        assertThat(finding.confidence()).isEqualTo(Confidence.HINT);
        assertThat(finding.innocent()).contains("batch");
    }

    @Test
    void tasks_of_whose_lives_events_are_missing_tell_nothing_of_how_long_they_waited() {
        for (int i = 0; i < 40; i++) {
            film.at(0).created("b" + i, "").submitted("b" + i);
        }
        film.at(1).drops(1);
        for (int i = 0; i < 40; i++) {
            film.at(200L * i).starts("b" + i, 1).ends("b" + i);
        }
        assertThat(ask()).isEmpty();
    }

    @Test
    void tasks_that_run_longer_than_they_wait_have_no_slow_pool() {
        for (int i = 0; i < 40; i++) {
            film.at(i * 1000L).created("b" + i, "").submitted("b" + i);
            film.at(i * 1000L + 200).starts("b" + i, 1);
            film.at(i * 1000L + 800).ends("b" + i);
        }
        assertThat(ask()).isEmpty();
    }

    // long-await

    private void usualWaits(int kind) {
        usualWaits(kind, "fetch");
    }

    private void usualWaits(int kind, String place) {
        shortWaits(20, kind, place);
        film.waits("w", place, "R");
        film.at(5000).created("other", "");
    }

    private void shortWaits(int times, int kind, String place) {
        film.at(0).is("R", kind, 0);
        film.created("w", "").starts("w", 1);
        for (int i = 0; i < times; i++) {
            film.at(10L * i).waits("w", place, "R");
            film.at(10 * i + 5).goesOn("w", "R");
        }
    }

    @Test
    void a_place_where_tasks_waited_but_a_few_times_has_no_usual_length() {
        shortWaits(19, EventCodes.FUTURE, "fetch");
        film.waits("w", "fetch", "R");
        film.at(5000).created("other", "");
        assertThat(ask()).isEmpty();
    }

    @Test
    void a_wait_with_a_timeout_ends_by_itself_however_long_it_is() {
        shortWaits(20, EventCodes.FUTURE, "fetch");
        int flags = EventCodes.AWAIT_ENDS_POLL | EventCodes.AWAIT_TIMED;
        film.events().awaitStart(film.now(), film.id("w"), flags, film.symbol("fetch"), film.resource("R"));
        film.at(5000).created("other", "");
        assertThat(ask()).isEmpty();
    }

    @Test
    void a_wait_far_beyond_what_is_usual_at_its_place_is_told() {
        usualWaits(EventCodes.FUTURE);
        Finding finding = only();
        assertThat(finding.kind()).isEqualTo(FindingKind.LONG_AWAIT);
        assertThat(finding.sentence())
                .isEqualTo("1 task waits at fetch for up to 4.8 s; until then no task waited there"
                        + " longer than 5 ms.");
    }

    @Test
    void waiting_long_for_work_is_usual() {
        usualWaits(EventCodes.QUEUE);
        assertThat(ask()).isEmpty();
    }

    @Test
    void a_class_of_the_jdk_is_no_place_where_waits_have_a_usual_length() {
        usualWaits(EventCodes.LATCH, "java.util.concurrent.CountDownLatch$Sync");
        assertThat(ask()).isEmpty();
    }

    private void tasksThatWait(long millis, String at) {
        for (int i = 0; i < 20; i++) {
            film.at(50L * i).created("w" + i, "").starts("w" + i, 1).waits("w" + i, at, "");
            film.at(50L * i + millis).goesOn("w" + i, "").ends("w" + i);
        }
        film.at(1000).created("late", "").starts("late", 1).waits("late", at, "");
        film.at(5000).created("other", "", EventCodes.MANUAL, "elsewhere");
    }

    @Test
    void a_task_that_waits_far_longer_than_all_of_its_place_did_before_they_ended_is_a_hint() {
        tasksThatWait(5, "java.util.concurrent.CountDownLatch$Sync");
        Finding finding = only();
        assertThat(finding.kind()).isEqualTo(FindingKind.LONG_AWAIT);
        assertThat(finding.confidence()).isEqualTo(Confidence.HINT);
        assertThat(finding.tasks()).containsExactly(film.id("late"));
        assertThat(finding.sentence())
                .isEqualTo("1 task created at " + HERE
                        + " waits at java.util.concurrent.CountDownLatch$Sync for up to 4.0 s;"
                        + " until then no other task of that place waited there longer than 5 ms.");
    }

    @Test
    void tasks_of_a_place_that_wait_for_work_have_no_usual_length() {
        tasksThatWait(5, "java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject");
        assertThat(ask()).isEmpty();
    }

    @Test
    void a_wait_that_is_as_long_as_it_was_before_is_left_alone() {
        tasksThatWait(450, "java.util.concurrent.CountDownLatch$Sync");
        assertThat(ask()).isEmpty();
    }

    // pinned-carrier

    private void pinnedFor(long millis) {
        virtual("diver");
        film.at(0).starts("diver", 1).waitsPinned("diver", "shop.Cave.dive(Cave.java:9)");
        film.at(millis).goesOn("diver", "").stops("diver", 1);
    }

    @Test
    void a_virtual_thread_that_waits_pinned_while_another_could_have_run_is_told_with_its_line() {
        virtual("guide");
        film.at(0).submitted("guide");
        pinnedFor(900);
        Finding finding = only();
        assertThat(finding.kind()).isEqualTo(FindingKind.PINNED_CARRIER);
        assertThat(finding.confidence()).isEqualTo(Confidence.LIKELY);
        assertThat(finding.tasks()).containsExactly(film.id("diver"));
        assertThat(finding.victims()).containsExactly(film.id("guide"));
        assertThat(finding.sentence()).contains("shop.Cave.dive(Cave.java:9)", "for up to 900 ms");
    }

    @Test
    void a_long_pinned_wait_that_keeps_nobody_from_running_is_a_hint() {
        pinnedFor(900);
        assertThat(only().confidence()).isEqualTo(Confidence.HINT);
    }

    @Test
    void a_short_pinned_wait_is_left_alone() {
        pinnedFor(100);
        assertThat(ask()).isEmpty();
    }

    @Test
    void a_virtual_thread_that_waits_and_gives_its_carrier_back_is_not_pinned() {
        virtual("diver");
        film.at(0).starts("diver", 1).waits("diver", "shop.Cave.dive(Cave.java:9)", "");
        virtual("guide");
        film.submitted("guide");
        film.at(900).goesOn("diver", "").stops("diver", 1);
        assertThat(ask()).isEmpty();
    }
}
