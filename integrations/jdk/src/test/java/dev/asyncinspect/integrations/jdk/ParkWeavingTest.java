package dev.asyncinspect.integrations.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.event.Event;
import dev.asyncinspect.core.event.EventCodes;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ParkWeavingTest {

    @RegisterExtension
    final Recorded recorded = new Recorded();

    @Test
    void a_platform_thread_that_parks_gives_its_poll_up_and_says_at_what() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        Thread waiting = new Thread(() -> await(latch));
        waiting.start();
        while (LockSupport.getBlocker(waiting) == null) {
            Thread.onSpinWait();
        }
        latch.countDown();
        waiting.join();

        List<Event> awaits = awaits(waiting);
        assertThat(awaits).hasSizeGreaterThanOrEqualTo(2);
        Event.AwaitStart start = (Event.AwaitStart) awaits.get(0);
        assertThat(start.flags()).isEqualTo(EventCodes.AWAIT_ENDS_POLL);
        assertThat(recorded.text(start.label())).isEqualTo("java.util.concurrent.CountDownLatch$Sync");
        assertThat(awaits.get(1)).isInstanceOf(Event.AwaitEnd.class);
    }

    @Test
    void a_platform_thread_that_sleeps_is_no_longer_running_also_if_it_is_interrupted() throws Exception {
        Thread sleeping = new Thread(() -> sleep(TimeUnit.HOURS.toMillis(1)));
        sleeping.start();
        while (sleeping.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        sleeping.interrupt();
        sleeping.join();

        List<Event> awaits = awaits(sleeping);
        assertThat(awaits).hasSize(2);
        Event.AwaitStart start = (Event.AwaitStart) awaits.get(0);
        assertThat(start.flags()).isEqualTo(EventCodes.AWAIT_ENDS_POLL | EventCodes.AWAIT_TIMED);
        assertThat(recorded.text(start.label())).isEqualTo("java.lang.Thread.sleep");
        assertThat(awaits.get(1)).isInstanceOf(Event.AwaitEnd.class);
    }

    @Test
    void a_thread_that_parks_at_a_labelled_await_says_its_label_whether_platform_or_virtual() throws Exception {
        recorded.recorder.labels().turnOn();
        int label = recorded.recorder.symbol("Shop.pay::await#1 of 1 (await) Shop.java:7");
        for (boolean virtual : new boolean[] {false, true}) {
            CountDownLatch latch = new CountDownLatch(1);
            Runnable work = () -> {
                recorded.recorder.labels().begins(label);
                await(latch);
                recorded.recorder.labels().ends();
            };
            Thread waiting = virtual ? Thread.ofVirtual().unstarted(work) : new Thread(work);
            waiting.start();
            while (waiting.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            latch.countDown();
            waiting.join();

            List<Event> awaits = awaits(waiting);
            assertThat(awaits.get(0)).isInstanceOfSatisfying(Event.AwaitStart.class, start -> {
                assertThat(start.label()).isEqualTo(label);
                assertThat(start.flags()).isEqualTo(virtual ? 0 : EventCodes.AWAIT_ENDS_POLL);
                assertThat(start.resourceId()).as("the latch").isNotZero();
            });
            assertThat(awaits.get(1)).isInstanceOf(Event.AwaitEnd.class);
        }
    }

    @Test
    @SuppressWarnings("LockNotBeforeTry") // nothing happens in between
    void a_virtual_thread_says_that_it_sleeps_and_what_it_parks_at() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        ReentrantLock lock = new ReentrantLock();
        lock.lock();
        Thread waiting = Thread.ofVirtual().unstarted(() -> {
            sleep(1);
            lock.lock();
            lock.unlock();
            await(latch);
        });
        try {
            waiting.start();
            while (!lock.hasQueuedThread(waiting) || waiting.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
        } finally {
            lock.unlock();
        }
        while (LockSupport.getBlocker(waiting) == null
                || lock.hasQueuedThread(waiting)
                || waiting.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        latch.countDown();
        waiting.join();

        List<Event> awaits = awaits(waiting);
        assertThat(awaits).hasSize(4);
        assertThat(awaits.get(0)).isInstanceOfSatisfying(Event.AwaitStart.class, sleep -> {
            assertThat(recorded.text(sleep.label())).isEqualTo("java.lang.Thread.sleep");
            assertThat(sleep.flags()).isEqualTo(EventCodes.AWAIT_TIMED);
        });
        assertThat(awaits.get(1)).isInstanceOf(Event.AwaitEnd.class);
        assertThat(awaits.get(2)).isInstanceOfSatisfying(Event.AwaitStart.class, start -> {
            assertThat(recorded.text(start.label())).isEqualTo("java.util.concurrent.CountDownLatch$Sync");
            assertThat(start.resourceId()).isNotZero();
        });
        assertThat(awaits.get(3)).isInstanceOf(Event.AwaitEnd.class);
        assertThat(recorded.of(waiting.threadId()))
                .filteredOn(event -> event instanceof Event.PollEnd end && end.label() != 0)
                .extracting(event -> recorded.text(((Event.PollEnd) event).label()))
                .containsOnly("java.util.concurrent.locks.ReentrantLock$NonfairSync");
    }

    @Test
    void threads_of_the_jvm_itself_are_nobodys_tasks() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        ThreadGroup top = Thread.currentThread().getThreadGroup();
        while (top.getParent() != null) {
            top = top.getParent();
        }
        Thread handler = new Thread(top, () -> await(latch), "handler");
        handler.start();
        while (LockSupport.getBlocker(handler) == null) {
            Thread.onSpinWait();
        }
        latch.countDown();
        handler.join();

        assertThat(recorded.of(handler.threadId())).isEmpty();
        assertThat(awaits(handler)).isEmpty();
    }

    private List<Event> awaits(Thread thread) {
        return recorded.all().stream()
                .filter(event -> (event instanceof Event.AwaitStart start && start.taskId() == thread.threadId())
                        || (event instanceof Event.AwaitEnd end && end.taskId() == thread.threadId()))
                .toList();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
