package dev.asyncinspect.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SnapshotTest {

    @Test
    void tasks_are_found_by_id_whatever_order_they_came_in() {
        Snapshot snapshot = snapshot(9, 2, 7, 4, 1);
        for (long id : new long[] {1, 2, 4, 7, 9}) {
            assertThat(snapshot.task(id))
                    .as("task %s", id)
                    .isNotNull()
                    .extracting(Task::id)
                    .isEqualTo(id);
        }
        for (long id : new long[] {0, 3, 5, 8, 10, Long.MIN_VALUE, Long.MAX_VALUE}) {
            assertThat(snapshot.task(id)).as("task %s", id).isNull();
        }
    }

    @Test
    void an_empty_snapshot_has_no_task() {
        assertThat(snapshot().task(1)).isNull();
    }

    @Test
    void two_tasks_of_one_id_are_refused() {
        assertThatThrownBy(() -> snapshot(3, 1, 3)).hasMessage("two tasks have the id 3");
    }

    @Test
    void a_task_that_waits_is_blocked() {
        Wait wait = new Wait(
                1, AwaitSite.lineOnly(new Frame("A", "b", null, 1), "get"), AccessMode.EXCLUSIVE, Bound.UNBOUNDED);
        assertThatThrownBy(() ->
                        new Task(5, "t", TaskKind.PLATFORM_THREAD, TaskState.RUNNING, StackTrace.EMPTY, wait, null))
                .hasMessage("task #5 waits but is RUNNING");
    }

    @Test
    void a_history_needs_a_snapshot() {
        assertThatThrownBy(() -> new History(List.of())).hasMessageContaining("at least one snapshot");
    }

    private static Snapshot snapshot(long... ids) {
        List<Task> tasks = LongStream.of(ids)
                .mapToObj(id ->
                        new Task(id, "", TaskKind.PLATFORM_THREAD, TaskState.RUNNING, StackTrace.EMPTY, null, null))
                .toList();
        Source source = new Source(Source.Distance.TEXT_DUMP, "test", ThreadAttributes.NONE, null);
        return new Snapshot(null, source, tasks, List.of(), new Completeness(ids.length, -1, List.of(), false, 0));
    }
}
