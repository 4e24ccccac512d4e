package dev.asyncinspect.integrations.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asyncinspect.core.event.Event;
import dev.asyncinspect.core.event.EventCodes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ThreadPoolWeavingTest {

    @RegisterExtension
    final Recorded recorded = new Recorded();

    private final Lives lives = new Lives(recorded);

    @Test
    void a_task_of_a_pool_is_told_from_its_submission_to_its_end_with_its_parent_and_its_thread() throws Exception {
        List<Long> worker = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(1)) {
            pool.submit(() -> worker.add(Thread.currentThread().threadId())).get();
        }

        List<Event> events = lives.onlyTask("a_task_of_a_pool_is_told");
        assertThat(Lives.kinds(events)).containsExactly("Created", "Woken", "PollStart", "Ended");
        Event.Created created = (Event.Created) events.get(0);
        assertThat(created.kind()).isEqualTo(EventCodes.EXECUTOR_TASK);
        assertThat(created.parentId()).isEqualTo(Thread.currentThread().threadId());
        assertThat(((Event.PollStart) events.get(2)).threadId()).isEqualTo(worker.get(0));
        assertThat(((Event.Ended) events.get(3)).outcome()).isEqualTo(EventCodes.COMPLETED);
    }

    @Test
    void a_submitted_task_that_throws_has_failed_though_its_thread_goes_on() throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(1)) {
            Future<?> future = pool.submit(() -> {
                throw new IllegalStateException("no more stock");
            });
            assertThatThrownBy(future::get).isInstanceOf(ExecutionException.class);
        }

        lives.assertFailed(
                lives.onlyTask("a_submitted_task_that_throws"), "java.lang.IllegalStateException: no more stock");
    }

    @Test
    void an_executed_task_that_throws_has_failed() throws Exception {
        CountDownLatch dead = new CountDownLatch(1);
        ExecutorService pool = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task);
            thread.setUncaughtExceptionHandler((ended, error) -> dead.countDown());
            return thread;
        });
        pool.execute(() -> {
            throw new IllegalStateException("no more stock");
        });
        dead.await();
        pool.shutdown();

        lives.assertFailed(
                lives.onlyTask("an_executed_task_that_throws"), "java.lang.IllegalStateException: no more stock");
    }

    @Test
    void a_task_that_is_cancelled_in_the_queue_ends_there_without_a_poll() throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(1)) {
            CountDownLatch started = new CountDownLatch(1);
            CountDownLatch gate = new CountDownLatch(1);
            pool.execute(new Blocker(started, gate));
            started.await();
            Future<?> queued = pool.submit(() -> {});
            queued.cancel(false);
            gate.countDown();
        }

        List<Event> events = lives.onlyTask("a_task_that_is_cancelled");
        assertThat(Lives.kinds(events)).containsExactly("Created", "Woken", "Ended");
        assertThat(((Event.Ended) events.get(2)).outcome()).isEqualTo(EventCodes.CANCELLED);
    }

    @Test
    void a_refused_task_is_over() throws Exception {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
        pool.shutdown();
        assertThatThrownBy(() -> pool.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);

        List<Event> events = lives.onlyTask("a_refused_task");
        assertThat(Lives.kinds(events)).containsExactly("Created", "Woken", "Ended");
        assertThat(recorded.text(((Event.Ended) events.get(2)).throwable())).isEqualTo("refused by the executor");
    }

    @Test
    void what_is_left_in_the_queue_of_a_pool_that_is_shut_down_at_once_is_cancelled() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        ThreadPoolExecutor pool = new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
        CountDownLatch started = new CountDownLatch(1);
        pool.execute(new Blocker(started, gate));
        started.await();
        pool.execute(new Child(gate));
        assertThat(pool.shutdownNow()).hasSize(1);
        gate.countDown();

        List<Event> events = lives.onlyTask(Child.class.getName());
        assertThat(Lives.kinds(events)).containsExactly("Created", "Woken", "Ended");
        lives.assertCancelled(events, "taken out of the queue of the executor");
    }

    @Test
    void a_task_that_is_removed_from_the_queue_is_cancelled_and_handed_in_again_another_one() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        Runnable child = new Child(new CountDownLatch(1));
        try (ThreadPoolExecutor pool = new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>())) {
            pool.execute(new Blocker(started, gate));
            started.await();
            pool.execute(child);
            assertThat(pool.remove(child)).isTrue();
            pool.execute(child);
            gate.countDown();
        }

        List<Event.Created> twice = lives.created(Child.class.getName());
        assertThat(twice).hasSize(2);
        lives.assertCancelled(recorded.of(twice.get(0).taskId()), "taken out of the queue of the executor");
        assertThat(Lives.kinds(recorded.of(twice.get(1).taskId())))
                .containsExactly("Created", "Woken", "PollStart", "Ended");
    }

    @Test
    void a_worker_that_a_virtual_thread_has_started_is_a_thread_of_the_program() throws Exception {
        List<Thread> worker = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(1)) {
            Thread.startVirtualThread(() -> pool.execute(() -> worker.add(Thread.currentThread())))
                    .join();
        }
        lives.awaitEnd(worker.get(0).threadId());

        assertThat(Lives.kinds(recorded.of(worker.get(0).threadId())))
                .contains("Created", "Named", "PollStart", "Ended");
    }

    @Test
    @SuppressWarnings("ErroneousThreadPoolConstructorChecker") // that a maximum is never reached is what is tested
    void the_pool_that_is_to_run_a_task_is_told_with_the_most_workers_that_it_can_have_while_something_is_queued() {
        ThreadPoolExecutor[] pools = {
            new ThreadPoolExecutor(2, 9, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>()),
            new ThreadPoolExecutor(0, 9, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>()),
            new ThreadPoolExecutor(2, 9, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(50)),
            new ScheduledThreadPoolExecutor(3)
        };
        for (ThreadPoolExecutor pool : pools) {
            pool.execute(() -> {});
            pool.execute(() -> {});
        }
        pools[0].setCorePoolSize(4);
        pools[0].execute(() -> {});
        for (ThreadPoolExecutor pool : pools) {
            pool.close();
        }
        Map<Long, List<Integer>> sizes = new LinkedHashMap<>();
        for (Event event : recorded.all()) {
            if (event instanceof Event.ResourceNamed named && named.kind() == EventCodes.POOL) {
                sizes.computeIfAbsent(named.resourceId(), id -> new ArrayList<>())
                        .add(named.capacity());
            }
        }
        List<Long> poolOf = new ArrayList<>();
        for (Event.Created task : lives.created("the_pool_that_is_to_run_a_task")) {
            for (Event event : recorded.all()) {
                if (event instanceof Event.Linked link
                        && link.taskId() == task.taskId()
                        && link.how() == EventCodes.RUN_BY) {
                    poolOf.add(link.otherId());
                }
            }
        }
        assertThat(poolOf).hasSize(9);
        assertThat(poolOf.stream().distinct().map(sizes::get))
                .containsExactly(List.of(2, 4), List.of(1), List.of(9), List.of(3));
    }

    @Test
    void a_size_that_is_set_is_told_at_once_of_a_pool_that_tasks_were_handed_to() {
        try (ThreadPoolExecutor pool = new ThreadPoolExecutor(2, 2, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
                ThreadPoolExecutor idle =
                        new ThreadPoolExecutor(2, 2, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>())) {
            pool.execute(() -> {});
            idle.setMaximumPoolSize(20_000);
            idle.setCorePoolSize(17_171);
            pool.setMaximumPoolSize(20);
            pool.setCorePoolSize(5);
            pool.setCorePoolSize(5);
        }
        long task = lives.created("a_size_that_is_set").get(0).taskId();
        long told = recorded.all().stream()
                .filter(event ->
                        event instanceof Event.Linked link && link.how() == EventCodes.RUN_BY && link.taskId() == task)
                .mapToLong(event -> ((Event.Linked) event).otherId())
                .findFirst()
                .orElseThrow();
        List<Event.ResourceNamed> sizes = recorded.all().stream()
                .filter(event -> event instanceof Event.ResourceNamed)
                .map(Event.ResourceNamed.class::cast)
                .toList();
        assertThat(sizes.stream().filter(size -> size.resourceId() == told).map(Event.ResourceNamed::capacity))
                .containsExactly(2, 5);
        assertThat(sizes).noneMatch(size -> size.capacity() == 17_171);
    }

    @Test
    void what_a_task_submits_is_its_child_by_the_thread_that_runs_it() throws Exception {
        List<Long> worker = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(1);
        try (ExecutorService pool = Executors.newFixedThreadPool(1)) {
            pool.submit(() -> {
                        worker.add(Thread.currentThread().threadId());
                        pool.execute(new Child(done));
                    })
                    .get();
            done.await();
        }

        Event.Created child = lives.created(Child.class.getName()).get(0);
        assertThat(child.parentId()).isEqualTo(worker.get(0));
    }

    @Test
    void one_object_that_is_handed_in_many_times_is_as_many_tasks() throws Exception {
        CountDownLatch done = new CountDownLatch(5);
        Runnable shared = new Child(done);
        try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
            for (int i = 0; i < 5; i++) {
                pool.execute(shared);
            }
            done.await();
        }

        List<Event.Created> tasks = lives.created(Child.class.getName());
        assertThat(tasks).hasSize(5);
        assertThat(tasks)
                .allSatisfy(task -> assertThat(Lives.kinds(recorded.of(task.taskId())))
                        .containsExactly("Created", "Woken", "PollStart", "Ended"));
    }

    @Test
    void a_periodic_task_is_one_task_with_many_polls_until_it_is_cancelled() throws Exception {
        CountDownLatch thrice = new CountDownLatch(3);
        Child tick = new Child(thrice);
        var timer = Executors.newScheduledThreadPool(1);
        Future<?> ticking = timer.scheduleAtFixedRate(tick, 0, 1, TimeUnit.MILLISECONDS);
        thrice.await();
        ticking.cancel(false);
        timer.shutdown();
        assertThat(timer.awaitTermination(1, TimeUnit.MINUTES)).isTrue();

        List<Event.Created> tasks = lives.created(Child.class.getName());
        assertThat(tasks).hasSize(1);
        List<String> kinds = Lives.kinds(recorded.of(tasks.get(0).taskId()));
        assertThat(kinds).startsWith("Created", "PollStart", "PollEnd", "PollStart", "PollEnd", "PollStart");
        assertThat(kinds).endsWith("Ended").containsOnlyOnce("Ended");
    }

    @Test
    void stages_on_the_common_pool_are_tasks_of_their_own_with_what_they_failed_by() {
        assertThat(CompletableFuture.supplyAsync(() -> 42).join()).isEqualTo(42);
        assertThatThrownBy(() -> CompletableFuture.runAsync(() -> {
                            throw new IllegalStateException("no more stock");
                        })
                        .join())
                .isInstanceOf(CompletionException.class);

        List<Event.Created> stages = lives.created("stages_on_the_common_pool");
        assertThat(stages).hasSize(2).allMatch(stage -> stage.kind() == EventCodes.FUTURE_STAGE);
        lives.awaitEnd(stages.get(0).taskId());
        lives.awaitEnd(stages.get(1).taskId());
        assertThat(Lives.kinds(recorded.of(stages.get(0).taskId())))
                .containsExactly("Created", "Woken", "PollStart", "Ended");
        lives.assertFailed(recorded.of(stages.get(1).taskId()), "java.lang.IllegalStateException: no more stock");
    }

    @Test
    void a_stage_on_a_pool_is_one_task_not_two() throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(1)) {
            CompletableFuture.runAsync(new Child(new CountDownLatch(1)), pool).join();
        }

        assertThat(lives.created(Child.class.getName()))
                .hasSize(1)
                .allMatch(task -> task.kind() == EventCodes.FUTURE_STAGE);
    }

    @Test
    void the_pools_that_wake_sleeping_virtual_threads_are_no_tasks_of_the_program() throws Exception {
        Thread thread = Thread.startVirtualThread(() -> {
            try {
                Thread.sleep(2);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        thread.join();

        assertThat(recorded.all()) // pools of others may have run tasks meanwhile, in this JVM of tests
                .filteredOn(event -> event instanceof Event.Created)
                .extracting(event -> recorded.text(((Event.Created) event).site()))
                .noneMatch(code -> code.startsWith("java."));
    }

    @Test
    void a_callable_that_throws_in_a_thread_of_its_own_makes_the_thread_fail() throws Exception {
        List<Thread> threads = new ArrayList<>();
        try (ExecutorService service = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> future = service.submit(() -> {
                threads.add(Thread.currentThread());
                throw new IllegalStateException("no more stock");
            });
            assertThatThrownBy(future::get).isInstanceOf(ExecutionException.class);
        }

        lives.awaitEnd(threads.get(0).threadId()); // it tells the executor a moment before
        lives.assertFailed(recorded.of(threads.get(0).threadId()), "java.lang.IllegalStateException: no more stock");
    }

    @Test
    void a_platform_thread_is_told_from_its_start_to_its_end() throws Exception {
        Thread thread = new Thread(() -> {}, "clerk");
        thread.start();
        thread.join();
        lives.awaitEnd(thread.threadId());

        List<Event> events = recorded.of(thread.threadId());
        assertThat(Lives.kinds(events)).containsExactly("Created", "Named", "Woken", "PollStart", "Ended");
        assertThat(((Event.Created) events.get(0)).parentId())
                .isEqualTo(Thread.currentThread().threadId());
        assertThat(recorded.text(((Event.Named) events.get(1)).name())).isEqualTo("clerk");
    }

    private record Child(CountDownLatch done) implements Runnable {
        @Override
        public void run() {
            done.countDown();
        }
    }

    private record Blocker(CountDownLatch started, CountDownLatch gate) implements Runnable {
        @Override
        public void run() {
            started.countDown();
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
