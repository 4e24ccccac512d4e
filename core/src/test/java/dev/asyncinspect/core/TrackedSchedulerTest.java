package dev.asyncinspect.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Of what a scheduler throws away, nothing lives on in the books. */
@ExtendWith(Recorded.class)
@SuppressWarnings("FutureReturnValueIgnored") // what becomes of them is looked up in the record
class TrackedSchedulerTest {

    private final Inspector inspector = Inspector.global();
    private final ScheduledExecutorService timer =
            Inspect.executor("timer", Executors.newSingleThreadScheduledExecutor());

    @AfterEach
    void end() {
        timer.shutdownNow();
    }

    @Test
    void what_is_thrown_away_when_a_scheduler_is_shut_down_at_once_is_cancelled() throws Exception {
        assertThat(timer.schedule(() -> 1, 0, TimeUnit.DAYS).get()).isEqualTo(1);
        timer.schedule(() -> 1, 1, TimeUnit.DAYS);
        timer.schedule(() -> {}, 1, TimeUnit.DAYS);
        timer.scheduleAtFixedRate(() -> {}, 1, 1, TimeUnit.DAYS);
        timer.scheduleWithFixedDelay(() -> {}, 1, 1, TimeUnit.DAYS);

        assertThat(timer.shutdownNow()).hasSize(4);
        assertThat(states())
                .containsExactly(
                        TaskState.COMPLETED,
                        TaskState.CANCELLED,
                        TaskState.CANCELLED,
                        TaskState.CANCELLED,
                        TaskState.CANCELLED);
    }

    @Test
    void what_repeats_ends_with_its_scheduler_and_what_is_due_once_still_waits() {
        timer.scheduleAtFixedRate(() -> {}, 1, 1, TimeUnit.DAYS);
        timer.schedule(() -> 1, 1, TimeUnit.DAYS);
        timer.shutdown();

        assertThat(states()).containsExactly(TaskState.CANCELLED, TaskState.PENDING);
        timer.shutdownNow();
        assertThat(states()).containsExactly(TaskState.CANCELLED, TaskState.CANCELLED);
    }

    @Test
    void what_repeats_and_runs_while_its_scheduler_is_shut_down_ends_with_that_run() throws Exception {
        CountDownLatch runs = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        timer.scheduleAtFixedRate(
                () -> {
                    runs.countDown();
                    awaitQuietly(goOn);
                },
                0,
                1,
                TimeUnit.DAYS);
        runs.await();
        timer.shutdown();
        assertThat(states()).containsExactly(TaskState.RUNNING);
        goOn.countDown();

        assertThat(timer.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        assertThat(states()).containsExactly(TaskState.CANCELLED);
    }

    @Test
    void what_a_scheduler_refuses_has_failed() {
        timer.shutdown();
        Stream.<Runnable>of(
                        () -> timer.schedule(() -> 1, 1, TimeUnit.DAYS),
                        () -> timer.schedule(() -> {}, 1, TimeUnit.DAYS),
                        () -> timer.scheduleAtFixedRate(() -> {}, 1, 1, TimeUnit.DAYS),
                        () -> timer.scheduleWithFixedDelay(() -> {}, 1, 1, TimeUnit.DAYS),
                        () -> Inspect.supplyAsync("refused", () -> 1, timer))
                .forEach(refused -> assertThatThrownBy(refused::run).isInstanceOf(RejectedExecutionException.class));

        assertThat(states()).hasSizeGreaterThanOrEqualTo(5).containsOnly(TaskState.FAILED);
    }

    private List<TaskState> states() {
        return inspector.tasks().stream().map(TaskInfo::state).toList();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
