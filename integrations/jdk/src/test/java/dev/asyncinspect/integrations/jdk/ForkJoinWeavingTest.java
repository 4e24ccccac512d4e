package dev.asyncinspect.integrations.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asyncinspect.core.event.Event;
import dev.asyncinspect.core.event.EventCodes;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.RecursiveTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ForkJoinWeavingTest {

    @RegisterExtension
    final Recorded recorded = new Recorded();

    private final Lives lives = new Lives(recorded);

    @Test
    void a_task_that_is_submitted_is_told_from_its_submission_to_its_end_with_its_parent_and_its_thread()
            throws Exception {
        AtomicLong worker = new AtomicLong();
        try (ForkJoinPool pool = new ForkJoinPool(1)) {
            pool.submit(() -> worker.set(Thread.currentThread().threadId())).get();
        }

        List<Event> events = lives.onlyTask("a_task_that_is_submitted");
        assertThat(Lives.kinds(events)).containsExactly("Created", "Woken", "PollStart", "Ended");
        assertThat(((Event.Created) events.get(0)).kind()).isEqualTo(EventCodes.EXECUTOR_TASK);
        assertThat(((Event.Created) events.get(0)).parentId())
                .isEqualTo(Thread.currentThread().threadId());
        assertThat(((Event.PollStart) events.get(2)).threadId()).isEqualTo(worker.get());
        assertThat(((Event.Ended) events.get(3)).outcome()).isEqualTo(EventCodes.COMPLETED);
    }

    @Test
    void the_pool_that_is_to_run_tasks_and_stages_is_told_with_its_parallelism_and_that_it_stands_in() {
        try (ForkJoinPool pool = new ForkJoinPool(3)) {
            pool.submit(() -> {}).join();
            CompletableFuture.supplyAsync(() -> "soup", pool).join();
            CompletableFuture<String> source = new CompletableFuture<>();
            CompletableFuture<Integer> length = source.thenApplyAsync(order -> order.length(), pool);
            source.complete("soup");
            length.join();
        }

        List<Long> tasks = lives.created("the_pool_that_is_to_run").stream()
                .map(Event.Created::taskId)
                .toList();
        List<Event.Linked> links = recorded.all().stream()
                .filter(event -> event instanceof Event.Linked link
                        && link.how() == EventCodes.RUN_BY
                        && tasks.contains(link.taskId()))
                .map(Event.Linked.class::cast)
                .toList();
        assertThat(links.stream().map(Event.Linked::taskId)).hasSize(3).containsExactlyElementsOf(tasks);
        assertThat(links)
                .allMatch(link -> link.otherId() == links.get(0).otherId()
                        && recorded.text(link.label()).equals("stands in for who joins"));
        assertThat(recorded.all().stream()
                        .filter(event -> event instanceof Event.ResourceNamed named
                                && named.resourceId() == links.get(0).otherId())
                        .map(Event.ResourceNamed.class::cast)
                        .map(named -> recorded.text(named.name()) + " " + named.capacity()))
                .containsExactly("ForkJoinPool 3");
    }

    @Test
    void a_task_that_throws_has_failed_whichever_way_it_is_handed_in() {
        try (ForkJoinPool pool = new ForkJoinPool(1)) {
            assertThatThrownBy(() -> pool.invoke(new Failing())).isInstanceOf(IllegalStateException.class);
        }

        lives.assertFailed(lives.onlyTask(Failing.class.getName()), "java.lang.IllegalStateException: no more stock");
    }

    @Test
    void a_forked_task_is_the_child_of_the_worker_that_forks_it_and_ends_though_the_worker_runs_it_itself() {
        try (ForkJoinPool pool = new ForkJoinPool(1)) {
            assertThat(pool.invoke(new Sum(0, 4))).isEqualTo(6);
        }

        List<Event.Created> sums = lives.created(Sum.class.getName());
        assertThat(sums)
                .as("the whole, and one fork of each of the three that were split")
                .hasSize(4);
        assertThat(sums).allSatisfy(sum -> {
            lives.awaitEnd(sum.taskId());
            assertThat(Lives.kinds(recorded.of(sum.taskId())))
                    .containsExactly("Created", "Woken", "PollStart", "Ended");
        });
        assertThat(sums.subList(1, 4))
                .allMatch(sum -> sum.parentId() == sums.get(1).parentId());
    }

    @Test
    void the_parts_of_a_parallel_stream_are_told_apart_from_the_threads_that_run_them() {
        long caller = Thread.currentThread().threadId();
        assertThat(IntStream.range(0, 1 << 16)
                        .parallel()
                        .filter(i -> i % 2 == 0)
                        .count())
                .isEqualTo(1 << 15);

        List<Event.Created> parts = lives.created("java.util.stream.");
        assertThat(parts).isNotEmpty();
        assertThat(parts).anyMatch(part -> part.parentId() == caller);
        assertThat(parts).allSatisfy(part -> lives.awaitEnd(part.taskId()));
    }

    @Test
    void a_task_that_is_refused_is_over() {
        ForkJoinPool pool = new ForkJoinPool(1);
        pool.shutdown();
        assertThatThrownBy(() -> pool.execute(new Failing())).isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> CompletableFuture.supplyAsync(() -> "refused stage", pool))
                .isInstanceOf(RejectedExecutionException.class);

        lives.assertCancelled(lives.onlyTask(Failing.class.getName()), "refused by the executor");
        lives.assertCancelled(lives.onlyTask("a_task_that_is_refused"), "refused by the executor");
    }

    @Test
    void what_a_pool_that_is_shut_down_at_once_does_not_run_is_cancelled() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        ForkJoinPool pool = new ForkJoinPool(1);
        pool.execute(() -> {
            started.countDown();
            awaitUninterruptibly(gate);
        });
        started.await();
        Future<?> queued = pool.submit(new Failing());
        pool.shutdownNow();
        gate.countDown();
        pool.close();

        assertThat(queued.isCancelled()).isTrue();
        lives.assertCancelled(lives.onlyTask(Failing.class.getName()), "null");
    }

    @Test
    void the_scheduler_of_virtual_threads_has_no_tasks_of_the_program() throws Exception {
        Thread thread = Thread.startVirtualThread(Thread::yield);
        thread.join();

        assertThat(recorded.all())
                .noneMatch(event -> event instanceof Event.Created created
                        && created.kind() == EventCodes.EXECUTOR_TASK
                        && created.parentId()
                                != 0); // what a pool of the JVM that is older than the test happens to run
    }

    private static void awaitUninterruptibly(CountDownLatch gate) {
        while (true) {
            try {
                gate.await();
                return;
            } catch (InterruptedException e) {
                // shutdownNow interrupts; the gate opens soon
            }
        }
    }

    @SuppressWarnings("serial") // is not written anywhere
    private static final class Failing extends RecursiveAction {
        @Override
        protected void compute() {
            throw new IllegalStateException("no more stock");
        }
    }

    @SuppressWarnings("serial") // is not written anywhere
    private static final class Sum extends RecursiveTask<Long> {
        private final int from;
        private final int to;

        Sum(int from, int to) {
            this.from = from;
            this.to = to;
        }

        @Override
        protected Long compute() {
            if (to - from == 1) {
                return (long) from;
            }
            int middle = (from + to) >>> 1;
            Sum right = new Sum(middle, to);
            right.fork();
            return new Sum(from, middle).compute() + right.join();
        }
    }
}
