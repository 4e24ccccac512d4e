package dev.asyncinspect.core;

import static dev.asyncinspect.core.Recorded.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.fold.SiteTimes;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Programs that time themselves: what is recorded lies between what they measure just inside and just outside. */
@ExtendWith(Recorded.class)
class AccuracyTest {

    private static final long FIVE_MILLIS = TimeUnit.MILLISECONDS.toNanos(5);

    @Test
    void a_sleep_of_five_milliseconds_is_one_and_blocked() throws Exception {
        long[] inside = new long[1];
        long begin = System.nanoTime();
        long id;
        try (TaskGuard sleeper = Inspect.begin("sleeper")) {
            id = sleeper.taskId();
            Inspect.await("sleep", () -> {
                long from = System.nanoTime();
                Thread.sleep(5);
                inside[0] = System.nanoTime() - from;
                return 0;
            });
            sleeper.complete();
        }
        long outside = System.nanoTime() - begin;

        TaskInfo info = task(id);
        assertThat(info.blockedNanos()).isBetween(inside[0], outside).isGreaterThanOrEqualTo(FIVE_MILLIS);
        assertThat(info.runningNanos()).isBetween(0L, outside - info.blockedNanos());
        assertThat(info.polls()).isEqualTo(2);
        assertThat(times("sleep").awaits().count()).isEqualTo(1);
        assertThat(times("sleep").awaits().maxNanos()).isBetween(inside[0], info.blockedNanos());
    }

    @Test
    void what_a_task_waits_for_a_worker_is_scheduled_time_from_its_submission_to_its_first_poll() throws Exception {
        ExecutorService pool = Inspect.executor("pool", Executors.newSingleThreadExecutor());
        try {
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            pool.execute(() -> {
                begun.countDown();
                awaitQuietly(goOn);
            });
            begun.await();
            long[] begins = new long[1];
            long beforeSubmit = System.nanoTime();
            TrackedTask<?> second = (TrackedTask<?>) pool.submit(() -> begins[0] = System.nanoTime());
            long submitted = System.nanoTime();
            while (System.nanoTime() - submitted < FIVE_MILLIS) {
                Thread.onSpinWait();
            }
            long released = System.nanoTime();
            goOn.countDown();
            second.get();

            TaskInfo info = task(second.taskId());
            assertThat(info.scheduledNanos())
                    .isBetween(released - submitted, begins[0] - beforeSubmit)
                    .isGreaterThanOrEqualTo(FIVE_MILLIS);
            assertThat(info.createdNanos()).isBetween(beforeSubmit, submitted);
            assertThat(times("pool").delays().count()).isEqualTo(2);
            assertThat(times("pool").delays().maxNanos()).isGreaterThanOrEqualTo(info.scheduledNanos());
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void a_task_that_computes_is_running_all_the_time() {
        long begin = System.nanoTime();
        TaskGuard guard = Inspect.begin("computes");
        long inside = System.nanoTime();
        while (System.nanoTime() - inside < FIVE_MILLIS) {
            Thread.onSpinWait();
        }
        long end = System.nanoTime();
        guard.complete();
        long outside = System.nanoTime() - begin;

        TaskInfo info = task("computes");
        assertThat(info.runningNanos()).isBetween(end - inside, outside);
        assertThat(info.scheduledNanos()).isZero();
        assertThat(info.totalNanos()).isEqualTo(task("computes").totalNanos());
        assertThat(times("computes").polls().count()).isEqualTo(1);
        assertThat(times("computes").polls().maxNanos()).isEqualTo(info.runningNanos());
        assertThat(times("computes").delays().count()).isZero();
    }

    private static SiteTimes times(String site) {
        return Inspector.global().times().stream()
                .filter(times -> times.site().equals(site))
                .findAny()
                .orElseThrow();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
