package dev.asyncinspect.agent.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.rows.Relation;
import java.util.AbstractQueue;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a wheel timer is told to be: a pool of one thread, with its tasks in the queue. */
class WheelsTest {

    /** A queue as JCTools has them: arrays, the last slot of each leads to the next. */
    private static final class Linked extends AbstractQueue<HashedWheelTimer.HashedWheelTimeout> {
        private final Object[] last = new Object[3];
        private final Object[] consumerBuffer = {null, null, new Object(), last};
        private int size;

        @Override
        public boolean offer(HashedWheelTimer.HashedWheelTimeout timeout) {
            (size == 0 ? consumerBuffer : last)[1] = timeout;
            size++;
            return true;
        }

        @Override
        public Iterator<HashedWheelTimer.HashedWheelTimeout> iterator() {
            return Collections.emptyIterator();
        }

        @Override
        public HashedWheelTimer.HashedWheelTimeout poll() {
            return null;
        }

        @Override
        public HashedWheelTimer.HashedWheelTimeout peek() {
            return null;
        }

        @Override
        public int size() {
            return size;
        }
    }

    private final CountDownLatch latch = new CountDownLatch(1);
    private Thread thread;

    @AfterEach
    void stop() {
        thread.interrupt();
    }

    private Rows turning(HashedWheelTimer timer) {
        thread = new Thread(timer.worker());
        thread.setDaemon(true);
        thread.start();
        Actors.awaitWaiting(thread);
        return Rows.sample();
    }

    private int wheel(Rows rows) {
        return rows.objectsOf(thread, Relation.WORKER).get(0);
    }

    private List<Integer> signals(Rows rows) {
        int blocker = rows.thread(thread).blockerRef();
        return rows.objects(wheel(rows), Relation.QUEUED).stream()
                .filter(work -> rows.objects(work, Relation.REFERS).contains(blocker))
                .toList();
    }

    @Test
    void a_task_that_was_handed_in_and_signals_the_one_that_runs_is_told() {
        HashedWheelTimer timer = new HashedWheelTimer(latch);
        timer.handIn(latch::countDown, 0);
        Rows rows = turning(timer);
        assertThat(signals(rows)).hasSize(1);
        assertThat(rows.numbers(wheel(rows), Relation.MAX_WORKERS)).containsExactly(1L);
        assertThat(rows.texts(signals(rows).get(0), Relation.USER_METHOD))
                .containsExactly("java.util.concurrent.CountDownLatch.countDown");
    }

    @Test
    void a_task_that_lies_in_the_wheel_is_told() {
        HashedWheelTimer timer = new HashedWheelTimer(latch);
        timer.intoWheel(() -> {});
        timer.intoWheel(latch::countDown);
        assertThat(signals(turning(timer))).hasSize(1);
    }

    @Test
    void tasks_in_the_linked_arrays_of_a_queue_are_told() {
        HashedWheelTimer timer = new HashedWheelTimer(latch, new Linked());
        timer.handIn(latch::countDown, 0);
        timer.handIn(latch::countDown, 0);
        assertThat(signals(turning(timer))).hasSize(2);
    }

    @Test
    void a_task_that_is_cancelled_is_not_told() {
        HashedWheelTimer timer = new HashedWheelTimer(latch);
        timer.handIn(latch::countDown, 1);
        Rows rows = turning(timer);
        assertThat(rows.objects(wheel(rows), Relation.QUEUED)).isEmpty();
    }

    @Test
    void a_task_that_has_nothing_to_do_with_it_signals_nothing() {
        HashedWheelTimer timer = new HashedWheelTimer(latch);
        timer.handIn(new CountDownLatch(1)::countDown, 0);
        assertThat(signals(turning(timer))).isEmpty();
    }
}
