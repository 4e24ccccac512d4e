package dev.asyncinspect.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.core.event.EventLayout;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RecordingBuilderTest {

    private final Film film = new Film();

    @Test
    void the_life_of_a_task_is_segments_without_gaps() {
        film.at(0).created("a", "");
        film.at(1).submitted("a");
        film.at(5).starts("a", 9);
        film.at(8).waits("a", "load", "");
        film.at(20).woken("a", "b");
        film.at(22).goesOn("a", "");
        film.at(30).ends("a");
        film.at(90).created("b", "a");
        assertThat(film.segments("a"))
                .isEqualTo("PENDING 0-1, SCHEDULED 1-5, RUNNING 5-8, BLOCKED 8-20, SCHEDULED 20-22, RUNNING 22-30,"
                        + " COMPLETED 30-30");
        assertThat(film.history("a").endedNanos()).isEqualTo(30 * Film.MILLI);
        assertThat(film.segments("b")).isEqualTo("PENDING 90-90");
        assertThat(film.history("b").parentId()).isEqualTo(Fact.observed(film.id("a")));
        assertThat(film.history("a").parentId().orNull()).isNull();
        assertThat(film.history("a").createdAt().orNull()).isEqualTo(CodeSite.of("shop.Main.go(Main.java:7)"));
    }

    @Test
    void the_thread_of_each_poll_is_told() {
        film.at(0).created("a", "");
        film.at(1).starts("a", 9);
        film.at(2).stops("a", 9);
        film.at(3).starts("a", 10);
        film.at(4).ends("a");
        assertThat(film.history("a").segments().stream()
                        .filter(segment -> segment.state() == TaskState.RUNNING)
                        .map(Segment::threadId))
                .containsExactly(9L, 10L);
        assertThat(film.history("a").polls(film.recording().lengthNanos())).isEqualTo(2);
    }

    @Test
    void what_happens_to_the_polls_of_a_thread_happens_to_what_it_runs() {
        film.events().created(film.now(), 50, EventCodes.VIRTUAL_THREAD, 0, 0);
        film.at(0).created("a", "");
        film.events().pollStart(film.now(), 50, 3);
        film.at(1).starts("a", 50);
        film.at(4);
        film.events().pollEnd(film.now(), 50, EventCodes.PARK, 0, 3);
        film.at(9);
        film.events().pollStart(film.now(), 50, 4);
        film.at(10).ends("a");
        assertThat(film.segments("a"))
                .isEqualTo("PENDING 0-1, RUNNING 1-4, BLOCKED 4-9, RUNNING 9-10, COMPLETED 10-10");
    }

    @Test
    void an_await_within_an_await_is_told_as_two() {
        film.at(0).created("a", "").starts("a", 9);
        film.at(2).waits("a", "outer", "");
        film.at(3).waits("a", "inner", "");
        film.at(6).goesOn("a", "");
        film.at(9).goesOn("a", "");
        film.at(11).waits("a", "outer", "");
        film.at(12).submitted("b");
        assertThat(film.history("a").awaits())
                .extracting(await -> await.site() + " " + await.fromNanos() / Film.MILLI + " "
                        + (await.isStill() ? "still" : "" + await.toNanos() / Film.MILLI))
                .containsExactly("outer 2 9", "inner 3 6", "outer 11 still");
        assertThat(film.history("a").awaits()).extracting(Await::episode).doesNotHaveDuplicates();
    }

    @Test
    void wakes_say_who_and_what_a_task_did_to_itself() {
        film.at(0).created("a", "").starts("a", 9).stops("a", 9);
        film.at(1).woken("a", "b").starts("a", 9).stops("a", 9);
        film.at(2).woken("a", "a");
        assertThat(film.history("a").wakes())
                .extracting(Wake::wakerId, Wake::self)
                .containsExactly(tuple(film.id("b"), false), tuple(film.id("a"), true));
    }

    @Test
    void a_failure_is_told_in_its_own_words() {
        film.at(0).created("a", "").starts("a", 9);
        film.at(1).fails("a", "java.io.IOException: gone");
        assertThat(film.history("a").failure()).isEqualTo("java.io.IOException: gone");
        assertThat(film.history("a").state()).isEqualTo(TaskState.FAILED);
    }

    @Test
    void holders_have_a_beginning_and_an_end() {
        film.at(0).is("A", EventCodes.LOCK, 0).created("a", "").created("b", "");
        film.at(2).takes("a", "A", EventCodes.EXCLUSIVE, "shop.Bank.take(Bank.java:3)");
        film.at(4).gives("a", "A", EventCodes.EXCLUSIVE);
        film.at(5).takes("b", "A", EventCodes.EXCLUSIVE, "shop.Bank.take(Bank.java:3)");
        ResourceHistory lock = film.recording().resource(film.resource("A"));
        assertThat(lock.holdings())
                .extracting(
                        holding -> holding.taskId() == film.id("a") ? "a" : "b",
                        holding -> holding.fromNanos() / Film.MILLI,
                        Holding::toNanos)
                .containsExactly(tuple("a", 2L, 4 * Film.MILLI), tuple("b", 5L, Await.STILL));
    }

    @Test
    void tasks_that_were_not_followed_are_told_as_such_and_make_nobody_incomplete() {
        film.at(0).created("followed", "");
        film.events().dropped(film.now(), EventCodes.NOT_FOLLOWED, 3);
        film.events().dropped(film.now(), EventCodes.NOT_FOLLOWED, 4);
        film.events().dropped(film.now(), EventCodes.AWAITS_UNTOLD, 0);
        film.at(1).created("after", "");

        Recording recording = film.recording();
        assertThat(recording.leavesOut()).isTrue();
        assertThat(recording.isWhole()).isFalse();
        assertThat(recording.completeness().droppedEvents()).isZero();
        assertThat(film.history("followed").complete()).isTrue();
        assertThat(recording.completeness().gaps())
                .extracting(Gap::toString)
                .containsExactly(
                        "7 tasks that were not followed (record with sample=1, overhead=0 and no max-tasks)",
                        "at what tasks wait (record with awaits=on)");
        assertThat(film.totals(false).about().completeness()).isEqualTo(recording.completeness());
    }

    @Test
    void a_recording_of_everything_leaves_nothing_out() {
        film.at(0).created("followed", "").at(1).drops(7);
        assertThat(film.recording().leavesOut()).isFalse();
    }

    @Test
    void dropped_events_make_what_lives_then_incomplete_and_are_counted() {
        film.at(0).created("before", "").created("over", "").starts("over", 9).ends("over");
        film.at(1).drops(7);
        film.at(2).created("after", "");
        Recording recording = film.recording();
        assertThat(recording.completeness().droppedEvents()).isEqualTo(7);
        assertThat(recording.isWhole()).isFalse();
        assertThat(film.history("before").complete()).isFalse();
        assertThat(film.history("over").complete()).isTrue();
        assertThat(film.history("after").complete()).isTrue();
        assertThat(recording.completeness().gaps())
                .extracting(Gap::what)
                .containsExactly("7 events that the recorder had to drop");
    }

    @Test
    void a_task_that_was_there_before_is_of_unknown_kind_and_counted() {
        film.at(0).starts("a", 9);
        assertThat(film.history("a").kind()).isEqualTo(TaskKind.UNKNOWN);
        assertThat(film.recording().completeness().gaps())
                .extracting(Gap::what)
                .containsExactly("1 task that was there before the recording began");
    }

    @Test
    void the_time_of_day_is_that_of_the_clock_event() {
        film.at(0).created("a", "");
        film.at(10).clock(1_000_010);
        assertThat(film.recording().beganAt()).isEqualTo(Instant.ofEpochMilli(1_000_000));
        assertThat(film.recording().timeOf(5 * Film.MILLI)).isEqualTo(Instant.ofEpochMilli(1_000_005));
    }

    @Test
    void nothing_at_all_is_a_recording_of_nothing() {
        assertThat(film.recording().tasks()).isEmpty();
        assertThat(film.recording().lengthNanos()).isZero();
        assertThat(film.recording().end().tasks()).isEmpty();
    }

    @Test
    void orders_of_locks_are_counted_with_the_locks_held_besides() {
        film.at(0).is("A", EventCodes.LOCK, 0).is("B", EventCodes.LOCK, 0).is("G", EventCodes.MONITOR, 0);
        for (String task : new String[] {"a", "b"}) {
            film.takes(task, "G", EventCodes.EXCLUSIVE, "g")
                    .takes(task, "A", EventCodes.EXCLUSIVE, "x")
                    .takes(task, "B", EventCodes.EXCLUSIVE, "y")
                    .gives(task, "B", EventCodes.EXCLUSIVE)
                    .gives(task, "A", EventCodes.EXCLUSIVE)
                    .gives(task, "G", EventCodes.EXCLUSIVE);
        }
        assertThat(film.recording().lockOrders())
                .filteredOn(order -> order.firstId() == film.resource("A"))
                .singleElement()
                .satisfies(order -> {
                    assertThat(order.secondId()).isEqualTo(film.resource("B"));
                    assertThat(order.times()).isEqualTo(2);
                    assertThat(order.takings())
                            .extracting(LockOrder.Taking::taskId)
                            .containsExactly(film.id("a"), film.id("b"));
                    assertThat(order.gates()).containsExactly(film.resource("G"));
                });
    }

    /** Limits that only a count of all holders at each event, or of all that a thread seems to run, comes near to. */
    @Test
    @Timeout(60)
    void what_seems_to_be_held_for_ever_after_a_drop_does_not_slow_down_what_follows() {
        long first = EventLayout.FIRST_TASK_ID;
        int many = 10_000;
        film.events().resource(film.now(), EventCodes.SEMAPHORE, 3, 0, 1);
        for (int i = 0; i < many; i++) {
            film.events().acquired(film.now(), first + i, EventCodes.PERMITS, 1, 0, 1);
        }
        film.events().dropped(film.now(), EventCodes.BUFFER_FULL, 1);
        for (int i = 0; i < 200_000; i++) {
            film.events().acquired(film.now(), first + i % many, EventCodes.PERMITS, 1, 0, 1);
            film.events().released(film.now(), first + i % many, EventCodes.PERMITS, 1, 0, 1);
        }

        ResourceHistory semaphore = film.recording().resources().get(0);
        assertThat(semaphore.holdings()).hasSize(many);
        assertThat(semaphore.holdings()).allMatch(holding -> holding.permits() == 1);
    }
}
