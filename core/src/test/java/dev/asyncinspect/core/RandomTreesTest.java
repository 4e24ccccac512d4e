package dev.asyncinspect.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trees of tasks at random, started in every way there is, against a plain model that the tasks write themselves. */
@ExtendWith(Recorded.class)
class RandomTreesTest {

    private static final int MAX_DEPTH = 4;
    private static final int MAX_CHILDREN = 3;

    private record Plain(long parent, TaskState outcome) {}

    private final Map<String, Plain> model = new ConcurrentHashMap<>();
    private final ExecutorService pool = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        pool.shutdown();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89})
    void parents_and_outcomes_are_those_of_the_plain_model(long seed) throws Exception {
        grow("t", Thread.currentThread().getId(), seed, 0);

        assertThat(model).isNotEmpty();
        Map<String, Plain> seen = new ConcurrentHashMap<>();
        for (TaskInfo task : Inspector.global().tasks()) {
            seen.put(String.valueOf(task.name()), new Plain(task.parentId(), task.state()));
            assertThat(task.polls()).as("each ran once: %s", task).isEqualTo(1);
        }
        assertThat(seen).isEqualTo(model);
    }

    private void grow(String path, long self, long seed, int depth) throws Exception {
        Random random = new Random(seed);
        int children = depth == MAX_DEPTH ? 0 : random.nextInt(MAX_CHILDREN + 1) + (depth == 0 ? 1 : 0);
        for (int i = 0; i < children; i++) {
            String name = path + "." + i;
            long childSeed = random.nextLong();
            TaskState outcome = random.nextInt(4) == 0 ? TaskState.FAILED : TaskState.COMPLETED;
            model.put(name, new Plain(self, outcome));
            start(random.nextInt(4), name, childSeed, depth, outcome);
        }
    }

    private void start(int how, String name, long seed, int depth, TaskState outcome) throws Exception {
        switch (how) {
            case 0 -> {
                try (TaskGuard guard = Inspect.begin(name)) {
                    grow(name, guard.taskId(), seed, depth + 1);
                    if (outcome == TaskState.COMPLETED) {
                        guard.complete();
                    }
                }
            }
            case 1 -> {
                end(
                        Inspect.spawn(
                                name, () -> body(name, Thread.currentThread().getId(), seed, depth, outcome)),
                        outcome);
            }
            case 2 -> {
                ExecutorService tracked = Inspect.executor(name, pool);
                CompletableFuture<Long> id = new CompletableFuture<>();
                TrackedTask<?> task = (TrackedTask<?>) tracked.submit(() -> body(name, id.get(), seed, depth, outcome));
                id.complete(task.taskId());
                end(task, outcome);
            }
            default -> {
                TaskGuard guard = Inspect.task(name);
                end(
                        pool.submit(() -> {
                            guard.resume();
                            try {
                                body(name, guard.taskId(), seed, depth, outcome);
                                guard.complete();
                            } catch (Exception e) {
                                guard.fail(e);
                                throw e;
                            }
                            return 0;
                        }),
                        outcome);
            }
        }
    }

    private int body(String name, long self, long seed, int depth, TaskState outcome) throws Exception {
        grow(name, self, seed, depth + 1);
        if (outcome == TaskState.FAILED) {
            throw new IllegalStateException("as planned");
        }
        return 0;
    }

    private static void end(Future<?> future, TaskState outcome) throws InterruptedException {
        try {
            future.get();
            assertThat(outcome).isEqualTo(TaskState.COMPLETED);
        } catch (ExecutionException e) {
            assertThat(outcome).as("%s", e.getCause()).isEqualTo(TaskState.FAILED);
        }
    }
}
