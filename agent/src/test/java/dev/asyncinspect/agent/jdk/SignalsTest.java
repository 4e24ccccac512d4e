package dev.asyncinspect.agent.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.rows.Relation;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Exchanger;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.StampedLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the readers tell of things that threads wait at for each other, and that nobody owns. */
@SuppressWarnings("FutureReturnValueIgnored")
class SignalsTest {

    private final Actors actors = new Actors();

    @AfterEach
    void stop() {
        actors.close();
    }

    @Test
    void a_stamped_lock_tells_how_many_read_and_that_somebody_waits_to_write() throws Exception {
        StampedLock lock = new StampedLock();
        long one = lock.readLock();
        long two = lock.readLock();
        Thread writer = actors.platform(lock::writeLockInterruptibly);
        Actors.awaitWaiting(writer);
        Rows rows = Rows.sample();
        int ref = rows.thread(writer).blockerRef();
        assertThat(rows.numbers(ref, Relation.READERS)).containsExactly(2L);
        assertThat(rows.numbers(ref, Relation.WRITERS)).containsExactly(0L);
        assertThat(rows.objectsOf(writer, Relation.EPISODE)).hasSize(1);
        lock.unlockRead(one);
        lock.unlockRead(two);
    }

    @Test
    void readers_that_wait_for_the_writer_of_a_stamped_lock_are_all_found() throws Exception {
        StampedLock lock = new StampedLock();
        long stamp = lock.writeLock();
        Thread first = actors.platform(lock::readLockInterruptibly);
        Actors.awaitWaiting(first);
        Thread second = actors.platform(lock::readLockInterruptibly);
        Actors.awaitWaiting(second);
        Thread third = actors.platform(lock::readLockInterruptibly);
        Actors.awaitWaiting(third);
        Rows rows = Rows.sample();
        int ref = rows.thread(first).blockerRef();
        assertThat(rows.numbers(ref, Relation.WRITERS)).containsExactly(1L);
        assertThat(rows.numbers(ref, Relation.READERS)).containsExactly(0L);
        for (Thread reader : List.of(first, second, third)) {
            assertThat(rows.objectsOf(reader, Relation.EPISODE)).hasSize(1);
        }
        lock.unlockWrite(stamp);
    }

    @Test
    void a_phaser_tells_its_phase_its_parties_and_how_many_have_come() throws Exception {
        Phaser phaser = new Phaser(1);
        phaser.arrive();
        phaser.bulkRegister(3);
        Thread waiter = actors.platform(() -> phaser.awaitAdvanceInterruptibly(phaser.arrive()));
        Actors.awaitWaiting(waiter);
        Rows rows = Rows.sample();
        int ref =
                rows.objects(rows.thread(waiter).blockerRef(), Relation.AWAITS).get(0);
        assertThat(rows.className(ref)).isEqualTo("java.util.concurrent.Phaser");
        assertThat(rows.numbers(ref, Relation.PHASE)).containsExactly(1L);
        assertThat(rows.numbers(ref, Relation.PARTIES)).containsExactly(4L);
        assertThat(rows.numbers(ref, Relation.ARRIVED)).containsExactly(1L);
    }

    @Test
    void takers_at_a_synchronous_queue_are_counted() throws Exception {
        takersAreCounted(new SynchronousQueue<>(false));
    }

    @Test
    void takers_at_a_fair_synchronous_queue_are_counted() throws Exception {
        takersAreCounted(new SynchronousQueue<>(true));
    }

    private void takersAreCounted(SynchronousQueue<String> queue) throws Exception {
        Thread one = actors.platform(queue::take);
        Thread two = actors.platform(queue::take);
        Actors.awaitWaiting(one);
        Actors.awaitWaiting(two);
        Rows rows = Rows.sample();
        int ref = rows.thread(one).blockerRef();
        assertThat(rows.numbers(ref, Relation.TAKERS)).containsExactly(2L);
        assertThat(rows.numbers(ref, Relation.GIVERS)).containsExactly(0L);
        assertThat(rows.objectsOf(one, Relation.EPISODE)).hasSize(1);
        assertThat(rows.objectsOf(two, Relation.EPISODE)).hasSize(1);
    }

    @Test
    void who_waits_to_give_at_a_transfer_queue_is_told_from_who_waits_to_take() throws Exception {
        LinkedTransferQueue<String> queue = new LinkedTransferQueue<>();
        queue.add("for nobody in particular");
        Thread giver = actors.platform(() -> queue.transfer("for somebody who comes"));
        Actors.awaitWaiting(giver);
        Rows rows = Rows.sample();
        int ref = rows.thread(giver).blockerRef();
        assertThat(rows.numbers(ref, Relation.GIVERS)).containsExactly(1L);
        assertThat(rows.numbers(ref, Relation.TAKERS)).containsExactly(0L);
    }

    @Test
    void a_latch_tells_its_count_and_an_exchanger_what_it_is() throws Exception {
        CountDownLatch latch = new CountDownLatch(3);
        Exchanger<String> exchanger = new Exchanger<>();
        Thread counting = actors.platform(latch::await);
        Thread exchanging = actors.platform(() -> exchanger.exchange("mine"));
        Actors.awaitWaiting(counting);
        Actors.awaitWaiting(exchanging);
        Rows rows = Rows.sample();
        assertThat(rows.numbers(rows.thread(counting).blockerRef(), Relation.COUNT))
                .containsExactly(3L);
        assertThat(rows.className(rows.thread(exchanging).blockerRef())).isEqualTo("java.util.concurrent.Exchanger");
    }

    @Test
    void work_for_later_tells_how_long_it_is_until_then() throws Exception {
        ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(1);
        try {
            Thread waiter = actors.platform(pool.schedule(() -> "later", 1000, TimeUnit.SECONDS)::get);
            Actors.awaitWaiting(waiter);
            Rows rows = Rows.sample();
            assertThat(rows.numbers(rows.thread(waiter).blockerRef(), Relation.DUE_NANOS))
                    .singleElement()
                    .satisfies(nanos -> assertThat(nanos).isBetween(1L, TimeUnit.SECONDS.toNanos(1000)));
        } finally {
            pool.shutdownNow();
        }
    }
}
