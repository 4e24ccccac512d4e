package dev.asyncinspect.core.fold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.TaskCounts;
import dev.asyncinspect.core.TaskInfo;
import dev.asyncinspect.core.TaskKind;
import dev.asyncinspect.core.TaskState;
import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.core.event.EventLayout;
import dev.asyncinspect.core.event.Symbols;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TaskFoldTest {

    private static final long THREAD = 21;
    private static final long CARRIER = 7;
    private static final long TASK = EventLayout.FIRST_TASK_ID;
    private static final long OTHER = TASK + 1;
    private static final Symbols TEXTS = symbol -> symbol == 0 ? null : "text " + symbol;

    private final TaskFold fold = new TaskFold(new FoldLimits(10, 3, 10), TEXTS);

    @Test
    void time_is_split_into_running_scheduled_and_blocked() {
        fold.created(100, THREAD, EventCodes.VIRTUAL_THREAD, 5, 1);
        fold.named(100, THREAD, 6, THREAD);
        fold.woken(110, THREAD, EventCodes.SUBMITTED, 1);
        fold.pollStart(115, THREAD, CARRIER);
        fold.pollEnd(145, THREAD, EventCodes.PARK, 0, CARRIER);
        fold.woken(1145, THREAD, EventCodes.UNPARK, 33);
        fold.pollStart(1150, THREAD, CARRIER + 1);

        TaskInfo task = task(THREAD, 1157);
        assertThat(task.state()).isEqualTo(TaskState.RUNNING);
        assertThat(task.kind()).isEqualTo(TaskKind.VIRTUAL_THREAD);
        assertThat(task.name()).isEqualTo("text 6");
        assertThat(task.site()).isEqualTo("text 5");
        assertThat(task.runningNanos()).isEqualTo(30 + 7);
        assertThat(task.scheduledNanos()).isEqualTo(5 + 5);
        assertThat(task.blockedNanos()).isEqualTo(10 + 1000);
        assertThat(task.totalNanos()).isEqualTo(1057);
        assertThat(task.polls()).isEqualTo(2);
        assertThat(task.wakes()).isEqualTo(1);
        assertThat(task.selfWakes()).isZero();
        assertThat(task.lastWakerId()).isEqualTo(33);
        assertThat(task.threadId()).isEqualTo(CARRIER + 1);
        assertThat(task.incomplete()).isFalse();
    }

    @Test
    void what_is_over_no_longer_ages() {
        fold.created(100, TASK, EventCodes.MANUAL, 0, 0);
        fold.pollStart(100, TASK, THREAD);
        fold.ended(150, TASK, EventCodes.FAILED, 9);

        TaskInfo task = task(TASK, 1_000_000);
        assertThat(task.state()).isEqualTo(TaskState.FAILED);
        assertThat(task.throwable()).isEqualTo("text 9");
        assertThat(task.runningNanos()).isEqualTo(50);
        assertThat(task.totalNanos()).isEqualTo(50);
        assertThat(task.stateSinceNanos()).isEqualTo(150);
    }

    @Test
    void a_task_is_blocked_at_the_await_that_the_library_tells_of() {
        fold.created(100, TASK, EventCodes.EXECUTOR_TASK, 0, 0);
        fold.pollStart(100, TASK, THREAD);
        fold.awaitStart(120, THREAD, EventCodes.AWAIT_ENDS_POLL | EventCodes.AWAIT_TIMED, 4, 77);

        TaskInfo waiting = task(TASK, 200);
        assertThat(waiting.state()).isEqualTo(TaskState.BLOCKED);
        assertThat(waiting.await()).isEqualTo(new TaskInfo.Await("text 4", 77, true, 120));
        fold.awaitEnd(220, THREAD, EventCodes.AWAIT_GOT, 77);
        TaskInfo running = task(TASK, 230);
        assertThat(running.state()).isEqualTo(TaskState.RUNNING);
        assertThat(running.await()).isNull();
        assertThat(running.polls()).isEqualTo(2);
        assertThat(running.runningNanos()).isEqualTo(30);
        assertThat(running.blockedNanos()).isEqualTo(100);
        assertThat(fold.times()).anySatisfy(times -> {
            assertThat(times.site()).isEqualTo("text 4");
            assertThat(times.awaits().maxNanos()).isEqualTo(100);
        });
    }

    @Test
    void an_await_around_another_one_is_told_again_when_the_inner_one_is_over() {
        fold.created(100, TASK, EventCodes.EXECUTOR_TASK, 0, 0);
        fold.pollStart(100, TASK, THREAD);
        fold.awaitStart(120, THREAD, EventCodes.AWAIT_ENDS_POLL, 4, 0);
        fold.awaitStart(130, THREAD, EventCodes.AWAIT_ENDS_POLL, 5, 0);
        assertThat(label(TASK)).isEqualTo("text 5");

        fold.awaitEnd(140, THREAD, EventCodes.AWAIT_GOT, 0);

        assertThat(label(TASK)).isEqualTo("text 4");
        assertThat(task(TASK, 150).state()).isEqualTo(TaskState.BLOCKED);
    }

    @Test
    void a_thread_stands_for_the_innermost_task_that_it_runs() {
        fold.created(1, TASK, EventCodes.EXECUTOR_TASK, 0, 0);
        fold.pollStart(2, TASK, THREAD);
        fold.created(3, OTHER, EventCodes.MANUAL, 0, THREAD);
        fold.pollStart(4, OTHER, THREAD);
        assertThat(fold.resolve(THREAD)).isEqualTo(OTHER);

        fold.created(5, OTHER + 1, EventCodes.MANUAL, 0, THREAD);
        fold.ended(6, OTHER, EventCodes.COMPLETED, 0);
        fold.created(7, OTHER + 2, EventCodes.MANUAL, 0, THREAD);
        fold.ended(8, TASK, EventCodes.COMPLETED, 0);
        fold.created(9, OTHER + 3, EventCodes.MANUAL, 0, THREAD);

        assertThat(task(OTHER, 10).parentId()).isEqualTo(TASK);
        assertThat(task(OTHER + 1, 10).parentId()).isEqualTo(OTHER);
        assertThat(task(OTHER + 2, 10).parentId()).isEqualTo(TASK);
        assertThat(task(OTHER + 3, 10).parentId()).isEqualTo(THREAD);
    }

    @Test
    void a_task_that_ends_on_another_thread_is_no_longer_run_by_the_first() {
        fold.created(1, TASK, EventCodes.MANUAL, 0, 0);
        fold.pollStart(2, TASK, THREAD);
        fold.created(3, OTHER, EventCodes.MANUAL, 0, 0);
        fold.pollStart(4, OTHER, THREAD);

        fold.ended(5, TASK, EventCodes.COMPLETED, 0);

        assertThat(fold.resolve(THREAD)).isEqualTo(OTHER);
        fold.ended(6, OTHER, EventCodes.COMPLETED, 0);
        assertThat(fold.resolve(THREAD)).isEqualTo(THREAD);
    }

    @Test
    void when_a_virtual_thread_gives_up_its_carrier_so_do_the_tasks_that_it_runs() {
        fold.created(1, THREAD, EventCodes.VIRTUAL_THREAD, 0, 0);
        fold.pollStart(2, THREAD, CARRIER);
        fold.created(3, TASK, EventCodes.EXECUTOR_TASK, 0, 0);
        fold.pollStart(4, TASK, THREAD);
        fold.pollEnd(10, THREAD, EventCodes.PARK, 0, CARRIER);

        assertThat(fold.resolve(CARRIER)).isEqualTo(CARRIER);
        assertThat(fold.resolve(THREAD)).isEqualTo(TASK);
        assertThat(task(TASK, 20).state()).isEqualTo(TaskState.BLOCKED);
        fold.woken(30, THREAD, EventCodes.UNPARK, 5);
        fold.pollStart(40, THREAD, CARRIER + 1);
        assertThat(fold.resolve(CARRIER + 1)).isEqualTo(TASK);
        TaskInfo task = task(TASK, 50);
        assertThat(task.state()).isEqualTo(TaskState.RUNNING);
        assertThat(task.runningNanos()).isEqualTo(6 + 10);
        assertThat(task.scheduledNanos()).isEqualTo(10);
        assertThat(task.wakes()).isEqualTo(1);
    }

    @Test
    void what_a_thread_parks_at_is_waited_for_by_the_task_on_it_until_it_is_woken() {
        fold.created(1, THREAD, EventCodes.VIRTUAL_THREAD, 0, 0);
        fold.pollStart(2, THREAD, CARRIER);
        fold.created(3, TASK, EventCodes.EXECUTOR_TASK, 0, 0);
        fold.pollStart(4, TASK, THREAD);
        fold.pollEnd(10, THREAD, EventCodes.TIMED_PARK, 8, CARRIER);

        assertThat(task(TASK, 20).await()).isEqualTo(new TaskInfo.Await("text 8", 0, true, 10));
        assertThat(task(THREAD, 20).await()).isNull();
        fold.woken(30, THREAD, EventCodes.UNPARK, 5);
        assertThat(task(TASK, 31).await()).isNull();
        assertThat(fold.times()).anySatisfy(times -> assertThat(times.site()).isEqualTo("text 8"));
    }

    @Test
    void a_wake_that_got_lost_does_not_leave_a_running_task_waiting() {
        fold.created(1, THREAD, EventCodes.VIRTUAL_THREAD, 0, 0);
        fold.pollStart(2, THREAD, CARRIER);
        fold.pollEnd(10, THREAD, EventCodes.PARK, 8, CARRIER);
        fold.pollStart(30, THREAD, CARRIER);

        assertThat(task(THREAD, 40).await()).isNull();
    }

    @Test
    void parks_within_an_await_that_has_the_same_label_are_one_wait_with_it() {
        fold.created(0, TASK, EventCodes.EXECUTOR_TASK, 0, 0);
        fold.pollStart(1, TASK, THREAD);
        fold.awaitStart(10, THREAD, 0, 7, 99);
        for (int park = 0; park < 2; park++) {
            fold.awaitStart(11, THREAD, EventCodes.AWAIT_ENDS_POLL, 7, 0);
            fold.awaitEnd(19, THREAD, 0, 0);
        }
        fold.awaitEnd(20, THREAD, 0, 0);
        assertThat(fold.times())
                .filteredOn(times -> "text 7".equals(times.site()))
                .singleElement()
                .extracting(times -> times.awaits().count())
                .isEqualTo(1L);
    }

    @Test
    void where_a_wait_is_pinned_is_told_with_what_the_call_around_it_waits_for() {
        fold.created(0, TASK, EventCodes.VIRTUAL_THREAD, 0, 0);
        fold.pollStart(1, TASK, THREAD);
        fold.awaitStart(10, TASK, 0, 7, 99);
        fold.awaitStart(11, TASK, EventCodes.AWAIT_ENDS_POLL | EventCodes.AWAIT_PINNED, 8, 0);
        assertThat(task(TASK, 12).await()).isEqualTo(new TaskInfo.Await("text 8", 99, false, 11));
    }

    @Test
    void a_call_that_has_a_name_says_more_than_the_park_in_it_unless_that_knows_its_resource() {
        fold.created(1, TASK, EventCodes.EXECUTOR_TASK, 0, 0);
        fold.pollStart(2, TASK, THREAD);
        fold.awaitStart(10, THREAD, 0, 7, 0);
        fold.awaitStart(11, THREAD, EventCodes.AWAIT_ENDS_POLL, 8, 0);
        assertThat(task(TASK, 12).await()).isEqualTo(new TaskInfo.Await("text 7", 0, false, 10));

        fold.awaitEnd(13, THREAD, 0, 0);
        assertThat(task(TASK, 14).state()).isEqualTo(TaskState.RUNNING);
        fold.awaitStart(15, THREAD, EventCodes.AWAIT_ENDS_POLL, 8, 99);
        assertThat(task(TASK, 16).await()).isEqualTo(new TaskInfo.Await("text 8", 99, false, 15));
    }

    @Test
    void what_the_library_and_the_agent_both_tell_counts_once() {
        fold.created(1, THREAD, EventCodes.VIRTUAL_THREAD, 3, 9);
        fold.created(1, THREAD, EventCodes.VIRTUAL_THREAD, 0, 0);
        fold.pollStart(2, THREAD, CARRIER);
        fold.pollStart(3, THREAD, CARRIER);
        fold.ended(10, THREAD, EventCodes.CANCELLED, 0);
        fold.ended(12, THREAD, EventCodes.COMPLETED, 0);

        TaskInfo task = task(THREAD, 20);
        assertThat(task.polls()).isEqualTo(1);
        assertThat(task.state()).isEqualTo(TaskState.CANCELLED);
        assertThat(task.site()).isEqualTo("text 3");
        assertThat(task.parentId()).isEqualTo(9);
        assertThat(fold.counts().total()).isEqualTo(1);
    }

    @Test
    void the_end_of_a_poll_that_comes_late_from_another_thread_does_not_stop_the_next_one() {
        fold.created(1, THREAD, EventCodes.VIRTUAL_THREAD, 0, 0);
        fold.pollStart(2, THREAD, CARRIER);
        fold.pollStart(10, THREAD, CARRIER + 1);
        fold.pollEnd(9, THREAD, EventCodes.PARK, 0, CARRIER);

        assertThat(task(THREAD, 20).state()).isEqualTo(TaskState.RUNNING);
        assertThat(task(THREAD, 20).polls()).isEqualTo(2);
    }

    @Test
    void a_task_wakes_itself_also_through_the_thread_that_it_runs_on() {
        fold.created(1, TASK, EventCodes.COROUTINE, 0, 0);
        fold.pollStart(2, TASK, THREAD);
        fold.woken(3, TASK, EventCodes.COMPLETION, THREAD);

        assertThat(task(TASK, 4).selfWakes()).isEqualTo(1);
    }

    @Test
    void a_task_that_lived_while_events_were_dropped_is_incomplete_and_one_after_is_not() {
        fold.created(1, TASK, EventCodes.MANUAL, 0, 0);
        fold.created(1, OTHER + 1, EventCodes.MANUAL, 0, 0);
        fold.ended(2, OTHER + 1, EventCodes.COMPLETED, 0);
        fold.dropped(3, EventCodes.BUFFER_FULL, 4);
        fold.created(5, OTHER, EventCodes.MANUAL, 0, 0);
        fold.ended(6, TASK, EventCodes.COMPLETED, 0);

        assertThat(task(TASK, 9).incomplete()).isTrue();
        assertThat(task(OTHER, 9).incomplete()).isFalse();
        assertThat(task(OTHER + 1, 9).incomplete()).isFalse();
        assertThat(fold.counts().dropped()).isEqualTo(4);
        assertThat(fold.counts().incomplete()).isEqualTo(1);
    }

    @Test
    void a_task_whose_creation_was_dropped_is_followed_and_incomplete() {
        fold.pollStart(5, TASK, THREAD);

        assertThat(task(TASK, 9).incomplete()).isTrue();
        assertThat(task(TASK, 9).state()).isEqualTo(TaskState.RUNNING);
    }

    @Test
    void a_thread_that_nobody_told_of_is_followed_while_it_waits() {
        fold.awaitStart(5, THREAD, 0, 3, 0);
        assertThat(task(THREAD, 9).state()).isEqualTo(TaskState.BLOCKED);
        assertThat(fold.counts().blocked()).isEqualTo(1);

        fold.awaitEnd(10, THREAD, EventCodes.AWAIT_GOT, 0);

        assertThat(fold.task(THREAD, 11)).isNull();
        assertThat(fold.counts()).isEqualTo(new TaskCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0));
    }

    @Test
    void tasks_beyond_the_limits_are_counted_and_not_kept() {
        for (int i = 0; i < 12; i++) {
            fold.created(i, TASK + i, EventCodes.MANUAL, 0, 0);
        }
        for (int i = 0; i < 5; i++) {
            fold.ended(50, TASK + i, EventCodes.COMPLETED, 0);
        }
        TaskCounts counts = fold.counts();
        assertThat(counts.refused()).isEqualTo(2);
        assertThat(counts.evicted()).isEqualTo(2);
        assertThat(counts.completed()).isEqualTo(5);
        assertThat(counts.pending()).isEqualTo(5);
        assertThat(fold.tasks(60)).hasSize(8);
        assertThat(fold.task(TASK, 60)).isNull();
    }

    @Test
    void where_there_is_no_room_tasks_that_lost_events_go_first() {
        for (int i = 0; i < 10; i++) {
            fold.created(i, TASK + i, EventCodes.MANUAL, 0, 0);
        }
        fold.pollStart(20, TASK, THREAD);
        fold.created(30, TASK + 20, EventCodes.MANUAL, 0, 0);
        assertThat(fold.counts().refused()).as("no event was dropped").isEqualTo(1);

        fold.dropped(40, EventCodes.BUFFER_FULL, 1);
        fold.created(50, TASK + 21, EventCodes.MANUAL, 0, 0);

        assertThat(fold.tasks(60))
                .singleElement()
                .satisfies(task -> assertThat(task.id()).isEqualTo(TASK + 21));
        assertThat(fold.counts().evicted()).isEqualTo(10);
        assertThat(fold.resolve(THREAD)).isEqualTo(THREAD);
    }

    @Test
    void holders_of_permits_are_known_until_somebody_else_gives_them_back() {
        fold.resource(1, EventCodes.SEMAPHORE, 3, 8, 100);
        fold.acquired(2, TASK, EventCodes.PERMITS, 2, 5, 100);
        fold.acquired(3, OTHER, EventCodes.PERMITS, 1, 6, 100);
        fold.released(4, TASK, EventCodes.PERMITS, 1, 0, 100);

        ResourceInfo resource = Objects.requireNonNull(fold.resource(100));
        assertThat(resource.name()).isEqualTo("text 8");
        assertThat(resource.capacity()).isEqualTo(3);
        assertThat(resource.exact()).isTrue();
        assertThat(resource.holders())
                .containsExactly(
                        new ResourceInfo.Holder(TASK, EventCodes.PERMITS, 1, "text 5", 2),
                        new ResourceInfo.Holder(OTHER, EventCodes.PERMITS, 1, "text 6", 3));

        fold.released(5, TASK + 9, EventCodes.PERMITS, 1, 0, 100);
        assertThat(Objects.requireNonNull(fold.resource(100)).exact()).isFalse();
    }

    @Test
    void a_checkpoint_tells_the_living_to_another_fold() {
        fold.created(1, TASK, EventCodes.EXECUTOR_TASK, 3, 9);
        fold.named(1, TASK, 4, 0);
        fold.pollStart(2, TASK, THREAD);
        fold.awaitStart(5, THREAD, EventCodes.AWAIT_ENDS_POLL, 6, 7);
        fold.created(6, OTHER, EventCodes.EXECUTOR_TASK, 3, 9);
        fold.woken(6, OTHER, EventCodes.SUBMITTED, 9);
        fold.acquired(7, TASK, EventCodes.EXCLUSIVE, 0, 1, 55);
        TaskFold copy = new TaskFold(FoldLimits.DEFAULT, TEXTS);

        fold.checkpoint(8, copy);

        TaskInfo task = Objects.requireNonNull(copy.task(TASK, 20));
        assertThat(task.state()).isEqualTo(TaskState.BLOCKED);
        assertThat(task.name()).isEqualTo("text 4");
        assertThat(task.parentId()).isEqualTo(9);
        assertThat(task.createdNanos()).isEqualTo(1);
        assertThat(task.await()).isEqualTo(new TaskInfo.Await("text 6", 7, false, 5));
        assertThat(task.incomplete()).isTrue();
        assertThat(Objects.requireNonNull(copy.task(OTHER, 20)).state()).isEqualTo(TaskState.SCHEDULED);
        assertThat(Objects.requireNonNull(copy.resource(55)).holders()).hasSize(1);
    }

    private TaskInfo task(long id, long now) {
        return Objects.requireNonNull(fold.task(id, now), "task " + id);
    }

    private String label(long id) {
        return Objects.requireNonNull(task(id, 1_000).await()).label();
    }
}
