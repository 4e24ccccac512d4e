package dev.asyncinspect.integrations.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.event.Event;
import dev.asyncinspect.core.event.EventCodes;
import java.util.List;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@SuppressWarnings({"LockNotBeforeTry", "WaitNotInLoop"}) // nothing happens in between, and nothing is waited for
class LockWeavingTest {

    @RegisterExtension
    final Recorded recorded = new Recorded(new Extras(false, true, false));

    private final long me = Thread.currentThread().threadId();

    @Test
    void a_lock_is_told_from_its_first_taking_to_its_last_giving_back_with_the_line_that_took_it() throws Exception {
        ReentrantLock lock = new ReentrantLock();
        lock.lock();
        lock.lock();
        lock.unlock();
        lock.unlock();
        if (lock.tryLock() && lock.tryLock(1, TimeUnit.MINUTES)) {
            lock.unlock();
            lock.unlock();
        }
        lock.lockInterruptibly();
        lock.unlock();

        assertThat(holds()).containsExactly("+", "-", "+", "-", "+", "-");
        assertThat(acquired())
                .extracting(Event.Acquired::mode)
                .containsExactly(EventCodes.EXCLUSIVE, EventCodes.EXCLUSIVE | EventCodes.TRIED, EventCodes.EXCLUSIVE);
        assertThat(acquired()).allSatisfy(event -> {
            assertThat(recorded.text(event.site()))
                    .matches(".*LockWeavingTest\\.a_lock_is.*\\(LockWeavingTest\\.java:\\d+\\)");
        });
        assertThat(resources()).containsExactly(EventCodes.LOCK);
    }

    @Test
    void a_write_lock_is_told_likewise() {
        ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
        lock.writeLock().lock();
        lock.writeLock().unlock();
        assertThat(lock.writeLock().tryLock()).isTrue();
        lock.writeLock().unlock();

        assertThat(holds()).containsExactly("+", "-", "+", "-");
        assertThat(resources()).containsExactly(EventCodes.READ_WRITE_LOCK);
    }

    @Test
    void who_waits_at_a_condition_does_not_hold_its_lock_meanwhile() throws Exception {
        ReentrantLock lock = new ReentrantLock();
        Condition condition = lock.newCondition();
        lock.lock();
        assertThat(condition.awaitNanos(1)).isNotPositive();
        lock.unlock();

        assertThat(holds()).containsExactly("+", "-", "+", "-");
    }

    @Test
    void who_waits_for_a_lock_waits_for_the_resource_that_its_holder_has() throws Exception {
        ReentrantLock lock = new ReentrantLock();
        ReentrantReadWriteLock shelf = new ReentrantReadWriteLock();
        lock.lock();
        shelf.writeLock().lock();
        Thread first = new Thread(lock::lock);
        Thread second = new Thread(() -> shelf.writeLock().lock());
        for (Thread thread : List.of(first, second)) {
            thread.start();
            while (thread.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
        }
        lock.unlock();
        shelf.writeLock().unlock();
        first.join();
        second.join();

        List<Long> held = acquired().stream().map(Event.Acquired::resourceId).toList();
        assertThat(awaited(first)).contains(held.get(0));
        assertThat(awaited(second)).contains(held.get(1));
    }

    private List<Long> awaited(Thread thread) {
        return recorded.all().stream()
                .filter(event -> event instanceof Event.AwaitStart start && start.taskId() == thread.threadId())
                .map(event -> ((Event.AwaitStart) event).resourceId())
                .toList();
    }

    @Test
    void who_did_not_get_a_lock_holds_none() throws Exception {
        ReentrantLock lock = new ReentrantLock();
        Thread other = Thread.ofVirtual().start(lock::lock);
        other.join();
        assertThat(lock.tryLock()).isFalse();
        assertThat(lock.tryLock(1, TimeUnit.NANOSECONDS)).isFalse();

        assertThat(holds()).isEmpty();
    }

    @Test
    void locks_that_the_JDK_takes_for_its_own_purposes_are_not_told() throws Exception {
        LinkedBlockingQueue<String> queue = new LinkedBlockingQueue<>();
        queue.put("a");
        assertThat(queue.take()).isEqualTo("a");

        assertThat(holds()).isEmpty();
    }

    private List<String> holds() {
        return recorded.of(me).stream()
                .filter(event -> event instanceof Event.Acquired || event instanceof Event.Released)
                .map(event -> event instanceof Event.Acquired ? "+" : "-")
                .toList();
    }

    private List<Event.Acquired> acquired() {
        return recorded.of(me).stream()
                .filter(Event.Acquired.class::isInstance)
                .map(Event.Acquired.class::cast)
                .toList();
    }

    /** What this thread took; who runs the tests has locks of his own. */
    private List<Integer> resources() {
        Set<Long> mine = acquired().stream().map(Event.Acquired::resourceId).collect(Collectors.toSet());
        return recorded.all().stream()
                .filter(Event.ResourceNamed.class::isInstance)
                .map(Event.ResourceNamed.class::cast)
                .filter(resource -> mine.contains(resource.resourceId()))
                .map(Event.ResourceNamed::kind)
                .toList();
    }
}
