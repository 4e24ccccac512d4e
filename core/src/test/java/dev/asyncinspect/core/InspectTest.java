package dev.asyncinspect.core;

import static dev.asyncinspect.core.Recorded.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asyncinspect.core.event.Event;
import dev.asyncinspect.core.event.EventCodes;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Recorded.class)
class InspectTest {

    private final Inspector inspector = Inspector.global();

    @Test
    void a_spawned_task_has_a_name_a_parent_and_an_outcome() throws Exception {
        TrackedTask<Long> outer = Inspect.spawn("outer", () -> {
            TrackedTask<Integer> inner = Inspect.spawn("inner", () -> 42);
            inner.get();
            return inner.taskId();
        });
        long innerId = outer.get();

        assertThat(task("outer").state()).isEqualTo(TaskState.COMPLETED);
        assertThat(task("outer").id()).isEqualTo(outer.taskId());
        assertThat(task("outer").parentId()).isEqualTo(Thread.currentThread().getId());
        assertThat(task(innerId).name()).isEqualTo("inner");
        assertThat(task(innerId).parentId()).isEqualTo(outer.taskId());
        assertThat(task(innerId).polls()).isEqualTo(1);
    }

    @Test
    void a_task_that_throws_has_failed_with_class_and_message() {
        Future<?> task = Inspect.spawn("fails", () -> {
            throw new IllegalStateException("no such user");
        });

        assertThatThrownBy(task::get).hasCauseInstanceOf(IllegalStateException.class);
        assertThat(task("fails").state()).isEqualTo(TaskState.FAILED);
        assertThat(task("fails").throwable()).isEqualTo("java.lang.IllegalStateException: no such user");
    }

    @Test
    void the_parent_of_what_a_pool_runs_is_who_submitted_it_and_not_who_ran_there_before() throws Exception {
        ExecutorService pool = Inspect.executor("pool", Executors.newSingleThreadExecutor());
        try {
            AtomicInteger order = new AtomicInteger();
            pool.submit(order::incrementAndGet).get();
            try (TaskGuard request = Inspect.begin("request")) {
                pool.submit(() -> {
                            Inspect.point("in the pool");
                            try (TaskGuard nested = Inspect.begin("nested")) {
                                nested.complete();
                            }
                            Inspect.point("after nested");
                        })
                        .get();
                request.complete();
            }
            List<TaskInfo> tasks = inspector.tasks(TaskQuery.ALL.named("pool"));
            assertThat(tasks).hasSize(2).allMatch(task -> task.state() == TaskState.COMPLETED);
            assertThat(tasks.get(1).parentId()).isEqualTo(task("request").id());
            assertThat(task("nested").parentId()).isEqualTo(tasks.get(1).id());
            assertThat(points(tasks.get(1).id())).containsExactly("in the pool", "after nested");
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void a_task_that_waits_for_a_worker_is_scheduled_and_one_cancelled_there_was_never_polled() throws Exception {
        ExecutorService pool = Inspect.executor("pool", Executors.newSingleThreadExecutor());
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try {
            TrackedTask<?> first = (TrackedTask<?>) pool.submit(() -> {
                begun.countDown();
                goOn.await();
                return null;
            });
            begun.await();
            TrackedTask<?> second = (TrackedTask<?>) pool.submit(() -> 1);
            assertThat(task(first.taskId()).state()).isEqualTo(TaskState.RUNNING);
            assertThat(task(second.taskId()).state()).isEqualTo(TaskState.SCHEDULED);

            second.cancel(false);

            assertThat(task(second.taskId()).state()).isEqualTo(TaskState.CANCELLED);
            assertThat(task(second.taskId()).polls()).isZero();
            TrackedTask<?> third = (TrackedTask<?>) pool.submit(() -> 1);
            assertThat(pool.shutdownNow()).contains(third);
            assertThat(task(third.taskId()).state()).isEqualTo(TaskState.CANCELLED);
            assertThatThrownBy(() -> pool.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
            assertThat(inspector.tasks(TaskQuery.ALL.in(TaskState.FAILED)))
                    .anySatisfy(task -> assertThat(task.throwable()).contains("RejectedExecutionException"));
        } finally {
            goOn.countDown();
            pool.shutdownNow();
            assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        }
    }

    @Test
    void all_ways_to_use_an_executor_give_the_results_they_always_gave() throws Exception {
        ExecutorService pool = Inspect.executor("pool", Executors.newFixedThreadPool(2));
        try {
            List<Callable<Integer>> work = List.of(() -> 1, () -> 2, () -> 3);
            int sum = 0;
            for (Future<Integer> future : pool.invokeAll(work)) {
                sum += future.get();
            }
            assertThat(sum).isEqualTo(6);
            assertThat(pool.invokeAny(work)).isBetween(1, 3);
            assertThat(pool.submit(() -> {}, "value").get()).isEqualTo("value");
            assertThat(CompletableFuture.supplyAsync(() -> 5, pool).get()).isEqualTo(5);
        } finally {
            pool.shutdown();
            assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        }
        assertThat(inspector.tasks(TaskQuery.ALL.named("pool").live())).isEmpty();
        assertThat(inspector.tasks(TaskQuery.ALL.named("pool")))
                .as("three of all, one of any at least, and the last two")
                .hasSizeGreaterThanOrEqualTo(6);
        assertThat(pool.isShutdown()).isTrue();
    }

    @Test
    void what_is_scheduled_again_and_again_is_one_task_with_a_poll_for_each_time_until_it_throws() throws Exception {
        ScheduledExecutorService timer = Inspect.executor("tick", Executors.newSingleThreadScheduledExecutor());
        try {
            AtomicInteger runs = new AtomicInteger();
            ScheduledFuture<?> ticking = timer.scheduleAtFixedRate(
                    () -> {
                        if (runs.incrementAndGet() == 3) {
                            throw new IllegalStateException("dies silently");
                        }
                    },
                    0,
                    1,
                    TimeUnit.MILLISECONDS);

            assertThatThrownBy(ticking::get).isInstanceOf(ExecutionException.class);
            assertThat(task("tick").polls()).isEqualTo(3);
            assertThat(task("tick").state()).isEqualTo(TaskState.FAILED);
            ScheduledFuture<?> later = timer.schedule(() -> 1, 1, TimeUnit.DAYS);
            assertThat(inspector.stats().pending()
                            + inspector
                                    .tasks(TaskQuery.ALL.in(TaskState.PENDING))
                                    .size())
                    .isPositive();
            later.cancel(false);
            assertThat(inspector.tasks(TaskQuery.ALL.in(TaskState.CANCELLED))).hasSize(1);
        } finally {
            timer.shutdownNow();
        }
    }

    @Test
    void a_guard_that_is_closed_without_an_outcome_has_failed() {
        try (TaskGuard good = Inspect.begin("good")) {
            good.complete();
        }
        assertThatThrownBy(() -> {
                    try (TaskGuard bad = Inspect.begin("bad")) {
                        explode();
                        bad.complete();
                    }
                })
                .hasMessage("explosion");
        TaskGuard unwanted = Inspect.task("unwanted");
        assertThat(task("unwanted").state()).isEqualTo(TaskState.PENDING);
        unwanted.cancel();
        unwanted.close();

        assertThat(task("good").state()).isEqualTo(TaskState.COMPLETED);
        assertThat(task("bad").state()).isEqualTo(TaskState.FAILED);
        assertThat(task("bad").throwable()).startsWith("closed without an outcome");
        assertThat(task("unwanted").state()).isEqualTo(TaskState.CANCELLED);
    }

    @Test
    void a_guard_may_be_resumed_and_closed_on_another_thread() throws InterruptedException {
        TaskGuard guard = Inspect.begin("travels");
        Inspect.point("first");
        guard.pause();
        assertThat(task("travels").state()).isEqualTo(TaskState.BLOCKED);
        Thread other = new Thread(() -> {
            guard.resume();
            Inspect.point("second");
            guard.complete();
            Inspect.point("no longer");
        });
        other.start();
        other.join();

        assertThat(task("travels").polls()).isEqualTo(2);
        assertThat(task("travels").state()).isEqualTo(TaskState.COMPLETED);
        assertThat(points(guard.taskId())).containsExactly("first", "second");
    }

    @Test
    void a_future_and_its_derived_stages_are_tasks() {
        CompletableFuture<String> source = new CompletableFuture<>();
        CompletableFuture<Integer> length = Inspect.future("answer", source).thenApply(String::length);
        CompletableFuture<Integer> fails = length.thenApply(n -> n / (n - 5));
        assertThat(inspector.tasks(TaskQuery.ALL.named("answer").live())).hasSize(3);

        source.complete("hello");

        assertThat(length).isCompletedWithValue(5);
        assertThat(fails).isCompletedExceptionally();
        List<TaskInfo> stages = inspector.tasks(TaskQuery.ALL.named("answer"));
        assertThat(stages)
                .extracting(TaskInfo::state)
                .containsExactly(TaskState.COMPLETED, TaskState.COMPLETED, TaskState.FAILED);
        assertThat(stages.get(2).throwable()).isEqualTo("java.lang.ArithmeticException: / by zero");
        assertThat(inspector.events(stages.get(1).id()))
                .anySatisfy(event -> assertThat(event).isInstanceOfSatisfying(Event.Linked.class, link -> {
                    assertThat(link.how()).isEqualTo(EventCodes.DERIVED_FROM);
                    assertThat(link.otherId()).isEqualTo(stages.get(0).id());
                }));
    }

    @Test
    void a_stage_that_is_derived_from_a_finished_one_is_over_as_well() {
        CompletableFuture<Integer> done = Inspect.future("done", CompletableFuture.completedFuture(1));
        var applied = done.thenApply(n -> n + 1).thenAccept(n -> {}).handle((nothing, failure) -> 2);
        var composed = applied.thenCompose(CompletableFuture::completedFuture).whenComplete((n, failure) -> {});
        var failed = done.thenApply(n -> {
                    throw new IllegalStateException("wanted");
                })
                .exceptionally(failure -> 3);

        assertThat(composed).isCompletedWithValue(2);
        assertThat(failed).isCompletedWithValue(3);
        assertThat(inspector.tasks(TaskQuery.ALL.named("done")))
                .extracting(TaskInfo::state)
                .containsOnly(TaskState.COMPLETED, TaskState.FAILED)
                .hasSize(8);
    }

    @Test
    void supplied_work_runs_as_a_stage_and_can_be_cancelled_before_it_does() throws Exception {
        assertThat(Inspect.supplyAsync("supply", () -> 3).thenApply(n -> n + 1).get())
                .isEqualTo(4);
        Inspect.runAsync("run", () -> Inspect.point("ran")).get();
        CompletableFuture<Integer> never = Inspect.supplyAsync("never", () -> 1, work -> {});
        never.cancel(true);

        assertThat(points(task("run").id())).containsExactly("ran");
        assertThat(task("run").state()).isEqualTo(TaskState.COMPLETED);
        assertThat(task("never").state()).isEqualTo(TaskState.CANCELLED);
        assertThat(inspector.tasks(TaskQuery.ALL.named("supply")))
                .extracting(TaskInfo::state)
                .containsExactly(TaskState.COMPLETED, TaskState.COMPLETED);
    }

    @Test
    void an_await_says_where_a_task_is_blocked_and_a_finished_one_says_nothing() throws Exception {
        CompletableFuture<Integer> posts = new CompletableFuture<>();
        CountDownLatch ready = new CountDownLatch(1);
        TrackedTask<Integer> loader = Inspect.spawn("loader", () -> {
            Inspect.await("ready", CompletableFuture.completedFuture(1));
            ready.countDown();
            return Inspect.await("load::await#2 (fetchPosts)", posts);
        });
        ready.await();
        TaskInfo waiting = task(loader.taskId());
        while (waiting.state() != TaskState.BLOCKED) {
            Thread.onSpinWait();
            waiting = task(loader.taskId());
        }
        assertThat(waiting.await()).isNotNull();
        assertThat(waiting.await().label()).isEqualTo("load::await#2 (fetchPosts)");
        posts.complete(7);
        assertThat(loader.get()).isEqualTo(7);

        assertThat(task(loader.taskId()).polls()).isEqualTo(2);
        assertThat(inspector.events(loader.taskId()).stream().filter(event -> event instanceof Event.AwaitStart))
                .singleElement()
                .matches(event -> !isTimed((Event.AwaitStart) event));
    }

    private static boolean isTimed(Event.AwaitStart await) {
        return (await.flags() & EventCodes.AWAIT_TIMED) != 0;
    }

    @Test
    void an_await_that_runs_out_of_time_says_so() {
        TrackedTask<?> task = Inspect.spawn(
                "impatient", () -> Inspect.await("nothing", new CompletableFuture<>(), 1, TimeUnit.MILLISECONDS));

        assertThatThrownBy(task::get).hasCauseInstanceOf(TimeoutException.class);
        assertThat(inspector.events(task.taskId()))
                .anyMatch(event -> event instanceof Event.AwaitStart start && isTimed(start))
                .anyMatch(event -> event instanceof Event.AwaitEnd end && end.how() == EventCodes.AWAIT_TIMED_OUT);
    }

    @Test
    void threads_of_a_factory_are_tasks() throws InterruptedException {
        Thread thread = Inspect.threadFactory("worker", Thread::new).newThread(() -> Inspect.point("works"));
        assertThat(task("worker").state()).isEqualTo(TaskState.SCHEDULED);
        thread.start();
        thread.join();

        assertThat(task("worker").kind()).isEqualTo(TaskKind.PLATFORM_THREAD);
        assertThat(task("worker").id()).isEqualTo(thread.getId());
        assertThat(task("worker").state()).isEqualTo(TaskState.COMPLETED);
        assertThat(points(thread.getId())).containsExactly("works");
    }

    @Test
    void a_fork_is_a_task_from_the_moment_it_is_made() throws Exception {
        Callable<Integer> fork = Inspect.fork("user", () -> 5);
        assertThat(task("user").state()).isEqualTo(TaskState.SCHEDULED);

        assertThat(fork.call()).isEqualTo(5);
        assertThat(task("user").state()).isEqualTo(TaskState.COMPLETED);
    }

    private List<String> points(long taskId) {
        return inspector.events(taskId).stream()
                .filter(event -> event instanceof Event.Point)
                .map(event -> inspector.symbols().text(((Event.Point) event).label()))
                .toList();
    }

    private static void explode() {
        throw new IllegalStateException("explosion");
    }
}
