package dev.asyncinspect.integrations.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.event.Event;
import dev.asyncinspect.core.event.EventCodes;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Exchanger;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SignalWeavingTest {

    @RegisterExtension
    final Recorded recorded = new Recorded();

    private final long me = Thread.currentThread().threadId();

    @Test
    void who_counts_a_latch_down_has_signalled_what_others_await() throws Exception {
        CountDownLatch latch = new CountDownLatch(2);
        latch.countDown();
        Thread waiting = parked(latch::await);
        latch.countDown();
        waiting.join();

        assertThat(signals()).hasSize(2);
        assertThat(awaited(waiting)).isEqualTo(signals().get(1).resourceId());
    }

    @Test
    void who_signals_a_condition_is_told_if_somebody_waits_at_it() throws Exception {
        ReentrantLock lock = new ReentrantLock();
        Condition condition = lock.newCondition();
        inside(lock, condition::signalAll);
        assertThat(signals()).as("nobody waits").isEmpty();
        Thread waiting = parked(() -> inside(lock, condition::awaitUninterruptibly));
        while (!isAwaited(lock, condition)) {
            Thread.onSpinWait();
        }
        inside(lock, condition::signal);
        waiting.join();

        assertThat(signals()).hasSize(1);
        assertThat(awaited(waiting)).isEqualTo(signals().get(0).resourceId());
    }

    @Test
    void who_waits_for_permits_names_the_semaphore_that_others_hold() throws Exception {
        Semaphore semaphore = new Semaphore(1);
        semaphore.acquire();
        Thread waiting = parked(semaphore::acquire);
        semaphore.release();
        waiting.join();

        List<Long> acquired = recorded.of(me).stream()
                .filter(Event.Acquired.class::isInstance)
                .map(event -> ((Event.Acquired) event).resourceId())
                .toList();
        assertThat(acquired).containsExactly(awaited(waiting));
    }

    @Test
    void who_arrives_at_a_phaser_or_comes_to_exchange_has_signalled() throws Exception {
        Phaser phaser = new Phaser(2);
        Thread waiting = parked(phaser::arriveAndAwaitAdvance);
        phaser.arrive();
        waiting.join();
        Exchanger<String> exchanger = new Exchanger<>();
        Thread offering = parked(() -> exchanger.exchange("soup"));
        exchanger.exchange("salad");
        offering.join();

        assertThat(signals(waiting, offering))
                .extracting(Event.Released::taskId)
                .containsExactly(waiting.threadId(), me, offering.threadId(), me);
        assertThat(awaited(waiting)).isEqualTo(signals(waiting).get(0).resourceId());
    }

    private interface Act {
        void run() throws Exception;
    }

    /** A thread that does this and has parked. */
    private static Thread parked(Act act) {
        Thread thread = new Thread(() -> {
            try {
                act.run();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        thread.start();
        while (thread.getState() != Thread.State.WAITING || LockSupport.getBlocker(thread) == null) {
            Thread.onSpinWait();
        }
        return thread;
    }

    private static void inside(ReentrantLock lock, Runnable act) {
        lock.lock();
        try {
            act.run();
        } finally {
            lock.unlock();
        }
    }

    private static boolean isAwaited(ReentrantLock lock, Condition condition) {
        lock.lock();
        try {
            return lock.hasWaiters(condition);
        } finally {
            lock.unlock();
        }
    }

    /** What the first unbounded wait of a thread was for. */
    private long awaited(Thread thread) {
        return recorded.all().stream()
                .filter(event -> event instanceof Event.AwaitStart start
                        && start.taskId() == thread.threadId()
                        && start.resourceId() != 0)
                .map(event -> ((Event.AwaitStart) event).resourceId())
                .findFirst()
                .orElse(0L);
    }

    /** Who of this test has signalled; the JVM has other threads. */
    private List<Event.Released> signals(Thread... others) {
        return recorded.all().stream()
                .filter(event -> event instanceof Event.Released released
                        && released.mode() == EventCodes.SIGNAL
                        && (released.taskId() == me
                                || Arrays.stream(others).anyMatch(other -> other.threadId() == released.taskId())))
                .map(Event.Released.class::cast)
                .toList();
    }
}
