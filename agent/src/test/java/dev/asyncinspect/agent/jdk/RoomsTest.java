package dev.asyncinspect.agent.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.rows.Relation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which queue a thread waits for room in, and which threads are told to lead to it. */
class RoomsTest {

    private final List<Thread> threads = new ArrayList<>();

    /** A thread that keeps its queues in an object of its own. */
    private static final class Writer extends Thread {
        private final Log log;
        private final boolean writes;

        private Writer(Log log, boolean writes) {
            this.log = log;
            this.writes = writes;
        }

        @Override
        public void run() {
            try {
                if (writes) {
                    log.write();
                } else {
                    Thread.sleep(1_000_000);
                }
            } catch (InterruptedException e) {
                // the test is over
            }
        }
    }

    private static final class Log {
        private final BlockingQueue<String> lines;

        private Log(BlockingQueue<String> lines) {
            this.lines = lines;
        }

        void write() throws InterruptedException {
            if (lines instanceof LinkedTransferQueue<String> handover) {
                handover.transfer("line");
            }
            while (true) {
                lines.put("line");
            }
        }
    }

    @AfterEach
    void stop() {
        threads.forEach(Thread::interrupt);
    }

    static Stream<BlockingQueue<String>> queues() {
        return Stream.of(
                new ArrayBlockingQueue<>(1),
                new LinkedBlockingQueue<>(1),
                new LinkedBlockingDeque<>(1),
                new SynchronousQueue<>(),
                new SynchronousQueue<>(true),
                new LinkedTransferQueue<>());
    }

    @ParameterizedTest
    @MethodSource("queues")
    void a_thread_that_waits_for_room_is_told_with_its_queue_and_the_field_that_has_it(BlockingQueue<String> queue) {
        Thread writer = starts(new Writer(new Log(queue), true));
        Actors.awaitWaiting(writer);
        Rows rows = Rows.sample();
        int signal = rows.thread(writer).blockerRef();
        int told = rows.objects(signal, Relation.ROOM).get(0);
        assertThat(rows.className(told)).isEqualTo(queue.getClass().getName());
        assertThat(rows.numbers(signal, Relation.ALL_WAYS)).containsExactly(1L);
        int way = rows.objectsOf(writer, Relation.BEGINS).get(0);
        assertThat(rows.texts(way, Relation.FIELD)).containsExactly(Log.class.getName() + ".lines");
        assertThat(rows.numbers(way, Relation.STEPS)).containsExactly(1L);
        assertThat(rows.objects(way, Relation.LEADS_TO)).containsExactly(told);
    }

    @Test
    void a_thread_that_does_something_else_and_leads_to_another_queue_by_the_same_field_is_told_with_that() {
        Log other = new Log(new ArrayBlockingQueue<>(1));
        Thread writer = starts(new Writer(new Log(new ArrayBlockingQueue<>(1)), true));
        Thread sleeper = starts(new Writer(other, false));
        Actors.awaitWaiting(writer);
        Actors.awaitTimedWaiting(sleeper);
        Rows rows = Rows.sample();
        int room = rows.objects(rows.thread(writer).blockerRef(), Relation.ROOM).get(0);
        int way = rows.objectsOf(sleeper, Relation.BEGINS).get(0);
        assertThat(rows.objects(way, Relation.LEADS_TO)).hasSize(1).doesNotContain(room);
    }

    @Test
    void as_long_as_nobody_waits_for_room_nothing_is_looked_for() {
        Thread sleeper = starts(new Writer(new Log(new ArrayBlockingQueue<>(1)), false));
        Actors.awaitTimedWaiting(sleeper);
        assertThat(Rows.sample().objectsOf(sleeper, Relation.BEGINS)).isEmpty();
    }

    @Test
    void workers_that_put_into_the_queue_of_their_pool_are_told_with_it() throws Exception {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(1));
        AtomicReference<Thread> worker = new AtomicReference<>();
        pool.execute(() -> {
            worker.set(Thread.currentThread());
            try {
                while (true) {
                    pool.getQueue().put(() -> {});
                }
            } catch (InterruptedException e) {
                // the test is over
            }
        });
        while (worker.get() == null) {
            Thread.onSpinWait();
        }
        threads.add(worker.get());
        Actors.awaitWaiting(worker.get());
        Rows rows = Rows.sample();
        int room = rows.objects(rows.thread(worker.get()).blockerRef(), Relation.ROOM)
                .get(0);
        int told = rows.from(Relation.QUEUE, room);
        assertThat(rows.threads(told, Relation.WORKER))
                .containsExactly(worker.get().getId());
        pool.shutdownNow();
    }

    @Test
    void work_in_the_queue_of_a_pool_leads_its_workers_to_the_queue() throws Exception {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
        Log log = new Log(new ArrayBlockingQueue<>(1));
        Thread writer = starts(new Writer(log, true));
        AtomicReference<Thread> worker = new AtomicReference<>();
        pool.execute(() -> {
            worker.set(Thread.currentThread());
            try {
                Thread.sleep(1_000_000);
            } catch (InterruptedException e) {
                // the test is over
            }
        });
        pool.execute(() -> log.lines.poll());
        while (worker.get() == null) {
            Thread.onSpinWait();
        }
        Actors.awaitWaiting(writer);
        assertThat(Rows.sample().objectsOf(worker.get(), Relation.BEGINS)).hasSize(1);
        pool.shutdownNow();
    }

    @Test
    void without_the_pool_of_constants_it_is_not_said_that_all_ways_were_looked_for() {
        Thread writer = starts(new Writer(new Log(new ArrayBlockingQueue<>(1)), true));
        Actors.awaitWaiting(writer);
        Rows rows = Rows.sample(Rows.reader("jdk.internal.reflect.ConstantPool"));
        assertThat(rows.numbers(rows.thread(writer).blockerRef(), Relation.ALL_WAYS))
                .isEmpty();
        assertThat(rows.notSeen()).contains("who takes from full queues");
    }

    private Thread starts(Thread thread) {
        thread.setDaemon(true);
        thread.start();
        threads.add(thread);
        return thread;
    }
}
