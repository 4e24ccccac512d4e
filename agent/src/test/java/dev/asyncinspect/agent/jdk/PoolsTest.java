package dev.asyncinspect.agent.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.rows.Relation;
import dev.asyncinspect.core.rows.Row;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the readers tell of pools: how many workers there can be, and which method their queued work would run. */
@SuppressWarnings({"FutureReturnValueIgnored", "ErroneousThreadPoolConstructorChecker"}) // the latter is what is tested
class PoolsTest {

    private static final int PARALLELISM = 2;
    private static final int MOST = 5;

    private final Actors actors = new Actors();
    private final CountDownLatch never = new CountDownLatch(1);
    private final ForkJoinPool forkJoin = new ForkJoinPool(
            PARALLELISM,
            ForkJoinPool.defaultForkJoinWorkerThreadFactory,
            null,
            true,
            0,
            MOST,
            1,
            null,
            1,
            TimeUnit.MINUTES);
    private final ThreadPoolExecutor pool =
            new ThreadPoolExecutor(1, 9, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());

    @AfterEach
    void stop() {
        forkJoin.shutdownNow();
        pool.shutdownNow();
        actors.close();
    }

    @Test
    void a_fork_join_pool_tells_how_many_workers_it_has_and_can_have() throws Exception {
        FutureTask<String> queued = new FutureTask<>(() -> "done");
        fill(forkJoin, PARALLELISM);
        forkJoin.execute(queued);
        Thread waiter = actors.platform(queued::get);
        Actors.awaitWaiting(waiter);
        Rows rows = Rows.sample();
        int future = rows.thread(waiter).blockerRef();
        int wrapper = rows.from(Relation.COMPLETES, future);
        int ref = rows.from(Relation.QUEUED, wrapper);
        assertThat(rows.className(ref)).isEqualTo("java.util.concurrent.ForkJoinPool");
        assertThat(rows.threads(ref, Relation.WORKER)).hasSize(PARALLELISM);
        assertThat(rows.numbers(ref, Relation.WORKERS)).containsExactly((long) PARALLELISM);
        assertThat(rows.numbers(ref, Relation.PARALLELISM)).containsExactly((long) PARALLELISM);
        assertThat(rows.numbers(ref, Relation.MAX_WORKERS)).containsExactly((long) MOST);
        assertThat(rows.numbers(ref, Relation.SIZE)).containsExactly(1L);
        assertThat(rows.numbers(ref, Relation.HELPED)).containsExactly(0L);
    }

    @Test
    void whoever_waits_for_the_end_of_a_pool_is_told_which_pool_that_is() throws Exception {
        pool.execute(() -> await(never));
        forkJoin.execute(() -> await(never));
        pool.shutdown();
        forkJoin.shutdown();
        Thread first = actors.platform(() -> pool.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS));
        Thread second = actors.platform(() -> forkJoin.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS));
        Actors.awaitTimedWaiting(first);
        Actors.awaitTimedWaiting(second);
        Rows rows = Rows.sample();
        for (Thread waiter : new Thread[] {first, second}) {
            List<Integer> pools = rows.objects(rows.thread(waiter).blockerRef(), Relation.ENDS);
            assertThat(pools).as(waiter.getName()).hasSize(1);
            assertThat(rows.threads(pools.get(0), Relation.WORKER)).hasSize(1);
        }
    }

    @Test
    void what_a_pool_signals_in_the_end_is_not_told_if_nobody_waits_for_it() throws Exception {
        pool.execute(() -> await(never));
        FutureTask<String> queued = new FutureTask<>(() -> "done");
        pool.execute(queued);
        Thread waiter = actors.platform(queued::get);
        Actors.awaitWaiting(waiter);
        Rows rows = Rows.sample();
        int ref = rows.from(Relation.QUEUED, rows.thread(waiter).blockerRef());
        assertThat(rows.all(Relation.ENDS)).doesNotContain(ref);
    }

    @Test
    void a_task_of_a_fork_join_pool_names_its_pool_its_method_and_the_act_of_waiting() throws Exception {
        fill(forkJoin, PARALLELISM);
        ForkJoinTask<String> queued = forkJoin.submit(PoolsTest::load);
        Thread waiter = actors.platform(queued::get);
        Actors.awaitWaiting(waiter);
        Rows rows = Rows.sample();
        int task = rows.thread(waiter).blockerRef();
        assertThat(rows.className(rows.from(Relation.QUEUED, task))).isEqualTo("java.util.concurrent.ForkJoinPool");
        assertThat(rows.texts(task, Relation.USER_METHOD)).containsExactly(PoolsTest.class.getName() + ".load");
        assertThat(rows.objectsOf(waiter, Relation.EPISODE)).hasSize(1);
        assertThat(rows.numbers(task, Relation.DONE)).containsExactly(0L);
    }

    @Test
    void the_common_pool_says_that_others_may_help() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        ForkJoinPool.commonPool().execute(() -> {
            begun.countDown();
            await(never);
        });
        begun.await();
        Rows rows = Rows.sample();
        assertThat(rows.of(Row.NumberOf.class))
                .anyMatch(row -> row.relation().equals(Relation.HELPED) && row.value() == 1);
        never.countDown();
    }

    @Test
    void the_method_behind_a_lambda_that_captures_is_told() throws Exception {
        fill(pool, 1);
        String order = "order-" + pool.getPoolSize();
        Future<String> queued = pool.submit(() -> order + load());
        Thread waiter = actors.platform(queued::get);
        Actors.awaitWaiting(waiter);
        Rows rows = Rows.sample();
        assertThat(rows.texts(rows.thread(waiter).blockerRef(), Relation.USER_METHOD))
                .singleElement()
                .satisfies(method -> assertThat(method).startsWith(PoolsTest.class.getName() + ".lambda$"));
    }

    @Test
    void the_method_of_a_stage_that_was_not_begun_is_told() throws Exception {
        fill(pool, 1);
        CompletableFuture<String> queued = CompletableFuture.supplyAsync(PoolsTest::load, pool);
        Thread waiter = actors.platform(queued::join);
        Actors.awaitWaiting(waiter);
        Rows rows = Rows.sample();
        int work = rows.from(
                Relation.COMPLETES, rows.objectsOf(waiter, Relation.WAITER).get(0));
        assertThat(rows.texts(work, Relation.USER_METHOD)).containsExactly(PoolsTest.class.getName() + ".load");
    }

    @Test
    void without_the_pool_of_constants_a_lambda_keeps_its_own_name() throws Exception {
        fill(pool, 1);
        Future<String> queued = pool.submit(PoolsTest::load);
        Thread waiter = actors.platform(queued::get);
        Actors.awaitWaiting(waiter);
        Rows rows = Rows.sample(Rows.reader("jdk.internal.reflect.ConstantPool"));
        assertThat(rows.texts(rows.thread(waiter).blockerRef(), Relation.USER_METHOD))
                .singleElement()
                .satisfies(method -> assertThat(method).contains("$$Lambda"));
    }

    @Test
    void a_pool_with_a_queue_without_end_never_has_more_than_its_core_workers() throws Exception {
        fill(pool, 1);
        Future<String> queued = pool.submit(PoolsTest::load);
        Thread waiter = actors.platform(queued::get);
        Actors.awaitWaiting(waiter);
        Rows rows = Rows.sample();
        int ref = rows.from(Relation.QUEUED, rows.thread(waiter).blockerRef());
        assertThat(rows.numbers(ref, Relation.MAX_WORKERS)).containsExactly(1L);
    }

    @Test
    void workers_whose_factory_wraps_what_they_run_are_workers_of_their_pool() throws Exception {
        ThreadPoolExecutor wrapped = new ThreadPoolExecutor(
                1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> new Thread(new Wrapper(work)));
        try {
            fill(wrapped, 1);
            Future<String> queued = wrapped.submit(PoolsTest::load);
            Thread waiter = actors.platform(queued::get);
            Actors.awaitWaiting(waiter);
            Rows rows = Rows.sample();
            int ref = rows.from(Relation.QUEUED, rows.thread(waiter).blockerRef());
            assertThat(rows.threads(ref, Relation.WORKER)).hasSize(1);
        } finally {
            wrapped.shutdownNow();
        }
    }

    /** As {@code io.netty.util.concurrent.FastThreadLocalRunnable}. */
    private record Wrapper(Runnable work) implements Runnable {

        @Override
        public void run() {
            work.run();
        }
    }

    /** Every worker waits for ever, by means that the pool does not notice. */
    private void fill(Executor executor, int workers) throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(workers);
        for (int i = 0; i < workers; i++) {
            executor.execute(() -> {
                begun.countDown();
                await(never);
            });
        }
        begun.await();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            // the test is over
        }
    }

    private static String load() {
        return "loaded";
    }
}
