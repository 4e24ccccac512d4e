package dev.asyncinspect.core.fold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.core.event.EventLayout;
import org.junit.jupiter.api.Test;

/** Chains of tasks that one thread runs within each other. */
class RunningTest {

    private static final long THREAD = 21;
    private static final long TASK = EventLayout.FIRST_TASK_ID;

    private final TaskFold fold = new TaskFold(new FoldLimits(10_000, 3, 10), symbol -> null);

    @Test
    void tasks_whose_ends_were_dropped_do_not_pile_up_on_their_thread() {
        for (int i = 0; i < 5_000; i++) {
            begins(i);
            fold.dropped(i, EventCodes.BUFFER_FULL, 1);
        }
        begins(9_000);

        assertThat(running()).isLessThanOrEqualTo(64);
        assertThat(fold.resolve(THREAD)).isEqualTo(TASK + 9_000);
    }

    @Test
    void tasks_that_run_within_each_other_are_all_on_their_thread_however_many_they_are() {
        for (int i = 0; i < 500; i++) {
            begins(i);
        }

        assertThat(running()).isEqualTo(500);
    }

    private void begins(int number) {
        fold.created(number, TASK + number, EventCodes.EXECUTOR_TASK, 0, 0);
        fold.pollStart(number, TASK + number, THREAD);
    }

    private int running() {
        int[] running = {0};
        fold.forEachOn(THREAD, task -> running[0]++);
        return running[0];
    }
}
