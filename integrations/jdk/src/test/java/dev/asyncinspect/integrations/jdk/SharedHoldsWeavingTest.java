package dev.asyncinspect.integrations.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asyncinspect.core.event.Event;
import dev.asyncinspect.core.event.EventCodes;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SharedHoldsWeavingTest {

    @RegisterExtension
    final Recorded recorded = new Recorded();

    private final long me = Thread.currentThread().threadId();

    @Test
    void permits_are_told_when_they_are_had_and_given_back_with_their_number() throws Exception {
        Semaphore semaphore = new Semaphore(10);
        semaphore.acquire();
        semaphore.acquire(3);
        semaphore.acquireUninterruptibly(2);
        assertThat(semaphore.tryAcquire()).isTrue();
        assertThat(semaphore.tryAcquire(2)).isTrue();
        assertThat(semaphore.tryAcquire(1, 1, TimeUnit.MINUTES)).isTrue();
        semaphore.release();
        semaphore.release(9);

        assertThat(holds()).containsExactly("+1", "+3", "+2", "+1", "+2", "+1", "-1", "-9");
        assertThat(resources()).hasSize(1).allMatch(resource -> resource.kind() == EventCodes.SEMAPHORE);
        assertThat(resources().get(0).capacity()).isEqualTo(10);
    }

    @Test
    void who_gets_no_permit_holds_none() throws Exception {
        Semaphore semaphore = new Semaphore(0);
        assertThat(semaphore.tryAcquire()).isFalse();
        assertThat(semaphore.tryAcquire(1, TimeUnit.MILLISECONDS)).isFalse();
        assertThat(semaphore.tryAcquire(2)).isFalse();
        assertThat(semaphore.tryAcquire(2, 1, TimeUnit.MILLISECONDS)).isFalse();
        Thread.currentThread().interrupt();
        assertThatThrownBy(semaphore::acquire).isInstanceOf(InterruptedException.class);

        assertThat(holds()).isEmpty();
    }

    @Test
    @SuppressWarnings("LockNotBeforeTry") // nothing happens in between
    void a_read_lock_is_told_under_one_number_whoever_takes_it() throws Exception {
        ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
        Thread other = Thread.ofVirtual().unstarted(() -> {
            lock.readLock().lock();
            try {
                Thread.onSpinWait();
            } finally {
                lock.readLock().unlock();
            }
        });
        lock.readLock().lock();
        try {
            other.start();
            other.join();
        } finally {
            lock.readLock().unlock();
        }

        assertThat(holds()).containsExactly("+0", "-0");
        assertThat(recorded.of(other.threadId()).stream()
                        .filter(event -> event instanceof Event.Acquired || event instanceof Event.Released))
                .hasSize(2);
        assertThat(resources()).hasSize(1).allMatch(resource -> resource.kind() == EventCodes.READ_WRITE_LOCK);
    }

    /** What this thread took and gave back. */
    private List<String> holds() {
        return recorded.of(me).stream()
                .filter(event -> event instanceof Event.Acquired || event instanceof Event.Released)
                .map(event -> event instanceof Event.Acquired acquired
                        ? "+" + acquired.permits()
                        : "-" + ((Event.Released) event).permits())
                .toList();
    }

    /** What this thread took; the rest of the JVM takes things too. */
    private List<Event.ResourceNamed> resources() {
        List<Long> taken = recorded.of(me).stream()
                .filter(Event.Acquired.class::isInstance)
                .map(event -> ((Event.Acquired) event).resourceId())
                .toList();
        return recorded.all().stream()
                .filter(event -> event instanceof Event.ResourceNamed named && taken.contains(named.resourceId()))
                .map(Event.ResourceNamed.class::cast)
                .toList();
    }
}
