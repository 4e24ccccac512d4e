package dev.asyncinspect.agent.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.rows.Relation;
import dev.asyncinspect.core.rows.Row;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What queued work is told to refer to, and what timers hold. */
class BacklogsTest {

    private final ThreadPoolExecutor pool =
            new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
    private final Timer timer = new Timer("bell", true);

    /** What a task of the program may look like: it keeps what it will signal in a field of its own. */
    private record Carry(CountDownLatch done) implements Runnable {

        @Override
        public void run() {
            done.countDown();
        }
    }

    @AfterEach
    void stop() {
        pool.shutdownNow();
        timer.cancel();
    }

    @Test
    void a_lambda_that_captures_the_latch_of_a_worker_is_told() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        Thread worker = waitingWorker(latch::await);
        pool.execute(latch::countDown);
        assertThat(refers(worker)).hasSize(1);
        latch.countDown();
    }

    @Test
    void an_object_that_has_the_latch_of_a_worker_a_few_steps_away_is_told() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        Thread worker = waitingWorker(latch::await);
        List<Runnable> bag = List.of(new Carry(latch));
        pool.execute(() -> bag.forEach(Runnable::run));
        assertThat(refers(worker)).hasSize(1);
        latch.countDown();
    }

    @Test
    void the_barrier_of_a_worker_is_told_by_the_condition_inside() throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(2);
        Thread worker = waitingWorker(() -> {
            try {
                barrier.await();
            } catch (BrokenBarrierException e) {
                // the test is over
            }
        });
        pool.execute(() -> new Carry(new CountDownLatch(barrier.getParties())).run());
        assertThat(refers(worker)).hasSize(1);
        barrier.reset();
    }

    @Test
    void the_future_of_a_worker_is_told_by_its_signaller() throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        Thread worker = waitingWorker(answer::join);
        pool.execute(() -> answer.complete("done"));
        assertThat(refers(worker)).hasSize(1);
        answer.complete("");
    }

    @Test
    void work_that_has_nothing_to_do_with_it_is_not_told() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        Thread worker = waitingWorker(latch::await);
        pool.execute(new Carry(new CountDownLatch(1)));
        assertThat(refers(worker)).isEmpty();
        latch.countDown();
    }

    @Test
    void without_the_pool_of_constants_nothing_is_told_and_that_is_said() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        waitingWorker(latch::await);
        pool.execute(latch::countDown);
        Rows rows = Rows.sample(Rows.reader("jdk.internal.reflect.ConstantPool"));
        assertThat(rows.notSeen()).contains("what queued work refers to");
        latch.countDown();
    }

    @Test
    void a_timer_is_a_pool_of_one_worker_with_its_tasks_in_the_queue() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        AtomicReference<Thread> ringer = new AtomicReference<>();
        timer.schedule(
                task(() -> {
                    ringer.set(Thread.currentThread());
                    latch.await();
                }),
                0);
        timer.schedule(task(latch::countDown), 0);
        Thread thread = await(ringer::get);
        Actors.awaitWaiting(thread);
        Rows rows = Rows.sample();
        int blocker = rows.thread(thread).blockerRef();
        int work = rows.from(Relation.REFERS, blocker);
        int queue = rows.from(Relation.QUEUED, work);
        assertThat(rows.threads(queue, Relation.WORKER)).containsExactly(thread.getId());
        assertThat(rows.numbers(queue, Relation.MAX_WORKERS)).containsExactly(1L);
        assertThat(rows.texts(work, Relation.USER_METHOD))
                .singleElement()
                .satisfies(method -> assertThat(method).startsWith(BacklogsTest.class.getName() + "$"));
        latch.countDown();
    }

    private static List<Integer> refers(Thread worker) {
        Rows rows = Rows.sample();
        int blocker = rows.thread(worker).blockerRef();
        return rows.of(Row.ObjectLink.class).stream()
                .filter(link -> link.relation().equals(Relation.REFERS) && link.otherRef() == blocker)
                .map(link -> link.ref())
                .toList();
    }

    private Thread waitingWorker(Actors.Part part) {
        AtomicReference<Thread> worker = new AtomicReference<>();
        pool.execute(() -> {
            worker.set(Thread.currentThread());
            play(part);
        });
        Thread thread = await(worker::get);
        Actors.awaitWaiting(thread);
        return thread;
    }

    private static TimerTask task(Actors.Part part) {
        return new TimerTask() {
            @Override
            public void run() {
                play(part);
            }
        };
    }

    private static void play(Actors.Part part) {
        try {
            part.play();
        } catch (Exception e) {
            // interrupted: the test is over
        }
    }

    private static Thread await(Supplier<Thread> known) {
        Thread thread = known.get();
        while (thread == null) {
            Thread.onSpinWait();
            thread = known.get();
        }
        return thread;
    }
}
