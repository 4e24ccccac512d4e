package dev.asyncinspect.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.event.Event;
import dev.asyncinspect.core.sync.TrackedSemaphore;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where one task in so many is followed, it is followed whole, and of the others nothing is told. */
@ExtendWith(Recorded.class)
class SampledTasksTest {

    private static final int TASKS = 60;
    private static final int ONE_IN = 3;

    private final Inspector inspector = Inspector.global();

    @BeforeEach
    void sample() {
        inspector.configure(Configuration.of(Mode.DEVELOPMENT).withSampleOneIn(ONE_IN));
    }

    @AfterEach
    void everythingAgain() {
        inspector.configure(Configuration.of(Mode.DEVELOPMENT));
    }

    @Test
    void of_each_followed_task_all_points_and_waits_are_told_and_of_the_others_none() throws Exception {
        ExecutorService pool = Inspect.executor("sampled", Executors.newSingleThreadExecutor());
        try {
            for (int i = 0; i < TASKS; i++) {
                pool.submit(() -> {
                            Inspect.point("before");
                            Inspect.await("waits", () -> 1);
                            Inspect.point("after");
                            return null;
                        })
                        .get();
            }
            Inspect.point("in no task");
        } finally {
            pool.shutdown();
            assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        }
        int followed = inspector.tasks().size();

        assertThat(followed).isBetween(1, TASKS - 1);
        assertThat(inspector.tasks()).allSatisfy(task -> {
            assertThat(task.polls()).isEqualTo(2); // one before the wait, one after it
            assertThat(inspector.events(task.id()).stream().filter(event -> event instanceof Event.Point))
                    .hasSize(2);
        });
        assertThat(inspector.events().stream().filter(event -> event instanceof Event.Point))
                .hasSize(2 * followed);
        assertThat(inspector.events().stream().filter(event -> event instanceof Event.AwaitStart))
                .hasSize(followed);
    }

    @Test
    void a_followed_task_that_goes_on_with_another_thread_is_told_of_there_and_no_longer_here() throws Exception {
        TaskGuard guard = followedGuard();
        Thread other = new Thread(() -> {
            guard.resume();
            Inspect.point("there");
            guard.complete();
            Inspect.point("no longer there");
        });
        Inspect.point("here");
        guard.pause();
        Inspect.point("no longer here");
        other.start();
        other.join();
        guard.resume();
        Inspect.point("over");

        assertThat(inspector.events().stream()
                        .filter(event -> event instanceof Event.Point)
                        .map(event -> inspector.symbols().text(((Event.Point) event).label())))
                .containsExactly("here", "there");
    }

    private static TaskGuard followedGuard() {
        TaskGuard guard = Inspect.begin("guard");
        while (guard.taskId() == 0) {
            guard = Inspect.begin("guard");
        }
        return guard;
    }

    @Test
    void who_has_permits_is_told_of_all_tasks() throws Exception {
        TrackedSemaphore permits = new TrackedSemaphore("permits", TASKS);
        for (int i = 0; i < TASKS; i++) {
            Inspect.spawn("taker", () -> {
                        permits.acquire();
                        return null;
                    })
                    .get();
        }
        assertThat(inspector.resources())
                .singleElement()
                .satisfies(resource -> assertThat(resource.holders()).hasSize(TASKS));
    }
}
