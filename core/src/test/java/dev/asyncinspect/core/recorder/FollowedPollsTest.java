package dev.asyncinspect.core.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.event.EventLayout;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FollowedPollsTest {

    private static final long TASK = EventLayout.FIRST_TASK_ID;
    private static final long THREAD = 40;
    private static final long OTHER = 41;

    private final FollowedPolls polls = new FollowedPolls();

    @Test
    void a_thread_is_told_of_while_a_followed_task_runs_there() {
        polls.enter(TASK, THREAD);
        assertThat(polls.isAnyOn(THREAD)).isTrue();
        assertThat(polls.isAnyOn(OTHER)).isFalse();

        polls.leave(TASK);
        assertThat(polls.isAnyOn(THREAD)).isFalse();
    }

    @Test
    void of_nested_tasks_the_last_that_leaves_is_the_one_that_counts() {
        polls.enter(TASK, THREAD);
        polls.enter(TASK + 1, THREAD);
        polls.leave(TASK + 1);
        assertThat(polls.isAnyOn(THREAD)).isTrue();
        polls.leave(TASK);
        assertThat(polls.isAnyOn(THREAD)).isFalse();
    }

    @Test
    void the_end_of_a_task_that_does_not_run_takes_nobody_elses_place() {
        polls.enter(TASK, THREAD);
        polls.leave(TASK + 1);
        polls.leave(TASK + 1);
        assertThat(polls.isAnyOn(THREAD)).isTrue();
        polls.leave(TASK);
        polls.leave(TASK);
        polls.enter(TASK + 2, THREAD);
        assertThat(polls.isAnyOn(THREAD)).isTrue();
    }

    @Test
    void a_task_that_goes_on_elsewhere_leaves_where_it_was() {
        polls.enter(TASK, THREAD);
        polls.enter(TASK, OTHER);
        assertThat(polls.isAnyOn(THREAD)).isFalse();
        assertThat(polls.isAnyOn(OTHER)).isTrue();
        polls.enter(TASK, OTHER);
        polls.leave(TASK);
        assertThat(polls.isAnyOn(OTHER)).isFalse();
    }

    @Test
    void of_more_tasks_than_have_room_their_threads_are_told_of_rather_too_much() {
        int many = 10_000;
        for (int i = 0; i < many; i++) {
            polls.enter(TASK + i, i);
        }
        for (int i = 0; i < many; i++) {
            assertThat(polls.isAnyOn(i)).isTrue();
        }
    }

    @Test
    void many_threads_at_a_time_leave_nothing_behind() throws Exception {
        int threads = 4;
        int rounds = 20_000;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<Callable<Boolean>> work = IntStream.range(0, threads)
                .<Callable<Boolean>>mapToObj(number -> () -> {
                    boolean always = true;
                    for (int round = 0; round < rounds; round++) {
                        long task = TASK + (long) round * threads + number;
                        polls.enter(task, number);
                        always &= polls.isAnyOn(number);
                        polls.leave(task);
                    }
                    return always;
                })
                .toList();
        for (var done : pool.invokeAll(work)) {
            assertThat(done.get()).isTrue();
        }
        pool.shutdown();

        for (int number = 0; number < threads; number++) {
            assertThat(polls.isAnyOn(number)).isFalse();
        }
    }
}
