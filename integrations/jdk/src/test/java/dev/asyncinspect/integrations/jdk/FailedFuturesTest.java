package dev.asyncinspect.integrations.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asyncinspect.core.event.Event;
import dev.asyncinspect.core.event.EventCodes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FailedFuturesTest {

    @RegisterExtension
    final Recorded recorded = new Recorded();

    private final Lives lives = new Lives(recorded);

    @Test
    void a_pool_that_asks_its_task_in_afterExecute_is_told_to_have_asked_and_one_that_does_not_is_not()
            throws Exception {
        for (boolean asks : new boolean[] {true, false}) {
            recorded.take();
            try (ExecutorService pool = new Kitchen(asks)) {
                pool.execute(new FutureTask<>(() -> {
                    throw new IllegalStateException("no more stock");
                }));
            }
            long task = lives.created("a_pool_that_asks").get(0).taskId();
            assertThat(askers(task)).hasSize(asks ? 1 : 0);
        }
    }

    @Test
    void who_asks_a_task_that_has_failed_long_ago_is_told_once_and_who_asks_one_that_has_not_is_not() throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(1)) {
            Future<?> broken = pool.submit(() -> {
                throw new IllegalStateException("no more stock");
            });
            Future<String> fine = pool.submit(() -> "soup");
            fine.get();
            lives.awaitEnd(
                    lives.created("who_asks_a_task_that_has_failed").get(0).taskId());
            assertThatThrownBy(broken::get).isInstanceOf(ExecutionException.class);
            assertThatThrownBy(broken::get).isInstanceOf(ExecutionException.class);
            fine.get();
        }
        List<Event.Created> created = lives.created("who_asks_a_task_that_has_failed");
        assertThat(created).hasSize(2);
        assertThat(askers(created.get(0).taskId()))
                .containsExactly(Thread.currentThread().threadId());
        assertThat(askers(created.get(1).taskId())).isEmpty();
    }

    /** A pool as the Javadoc of ThreadPoolExecutor writes it: it asks whatever has ended. */
    private static final class Kitchen extends ThreadPoolExecutor {

        private final boolean asks;

        Kitchen(boolean asks) {
            super(1, 1, 1, TimeUnit.DAYS, new LinkedBlockingQueue<>());
            this.asks = asks;
        }

        @Override
        protected void afterExecute(Runnable task, Throwable thrown) {
            super.afterExecute(task, thrown);
            if (asks && thrown == null && task instanceof Future<?> future) {
                assertThatThrownBy(future::get).isInstanceOf(ExecutionException.class);
            }
        }
    }

    private List<Long> askers(long task) {
        List<Long> askers = new ArrayList<>();
        for (Event event : recorded.all()) {
            if (event instanceof Event.Linked linked && linked.how() == EventCodes.AWAITS && linked.otherId() == task) {
                askers.add(linked.taskId());
            }
        }
        return askers;
    }
}
