package dev.asyncinspect.core.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asyncinspect.core.Configuration;
import dev.asyncinspect.core.Inspect;
import dev.asyncinspect.core.Inspector;
import dev.asyncinspect.core.Mode;
import dev.asyncinspect.core.TaskInfo;
import dev.asyncinspect.core.TaskState;
import dev.asyncinspect.core.TrackedTask;
import dev.asyncinspect.core.fold.ResourceInfo;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("LockNotBeforeTry") // these tests are about who holds a lock, step by step
class TrackedLocksTest {

    private final Inspector inspector = Inspector.global();

    @BeforeEach
    void on() {
        inspector.configure(Configuration.of(Mode.DEVELOPMENT));
        inspector.enable();
        inspector.reset();
    }

    @AfterEach
    void off() {
        inspector.disable();
    }

    @Test
    void whoever_waits_for_a_lock_says_for_which_and_who_holds_it() throws Exception {
        TrackedLock lock = new TrackedLock("accounts");
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        TrackedTask<?> holder = Inspect.spawn("holder", () -> {
            lock.lock();
            try {
                held.countDown();
                goOn.await();
            } finally {
                lock.unlock();
            }
            return null;
        });
        held.await();
        TrackedTask<?> waiter = Inspect.spawn("waiter", () -> {
            lock.lock();
            lock.unlock();
        });
        TaskInfo blocked = blocked(waiter.taskId());

        assertThat(Objects.requireNonNull(blocked.await()).label()).isEqualTo("accounts");
        assertThat(blocked.await().resourceId()).isEqualTo(lock.resourceId());
        while (holders(lock.resourceId()).isEmpty()) {
            Thread.onSpinWait();
        }
        assertThat(holders(lock.resourceId())).containsExactly(holder.taskId());
        goOn.countDown();
        waiter.get();
        holder.get();
        assertThat(holders(lock.resourceId())).isEmpty();
        LockMetrics metrics = lock.metrics();
        assertThat(metrics.acquisitions()).isEqualTo(2);
        assertThat(metrics.contentions()).isEqualTo(1);
        assertThat(metrics.maxWaitNanos()).isPositive().isEqualTo(metrics.waitNanos());
    }

    @Test
    void a_lock_that_nobody_waits_for_tells_nothing_and_is_still_counted() {
        TrackedLock lock = new TrackedLock("quiet");
        for (int i = 0; i < 100; i++) {
            lock.lock();
            lock.lock();
            lock.unlock();
            lock.unlock();
        }
        assertThat(inspector.resources()).isEmpty();
        assertThat(lock.metrics().acquisitions()).isEqualTo(200);
        assertThat(lock.metrics().contentions()).isZero();
    }

    @Test
    void a_lock_that_somebody_holds_can_be_asked_for_its_numbers_and_that_changes_none() throws Exception {
        TrackedLock lock = new TrackedLock("stuck");
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        TrackedTask<?> holder = Inspect.spawn("holder", () -> {
            lock.lock();
            held.countDown();
            goOn.await();
            lock.unlock();
            return null;
        });
        held.await();
        assertThat(lock.metrics()).isEqualTo(new LockMetrics(1, 0, 0, 0, 0, 0));
        assertThat(lock.metrics().contentionRate()).isZero();
        goOn.countDown();
        holder.get();
        assertThat(lock.metrics().acquisitions()).isEqualTo(1);
        assertThat(new LockMetrics(4, 1, 0, 0, 0, 0).contentionRate()).isEqualTo(0.25);
    }

    @Test
    void who_is_interrupted_gets_no_lock_that_can_be_interrupted_as_the_jdk_has_it() {
        TrackedLock lock = new TrackedLock("interrupted");
        TrackedReadWriteLock readWrite = new TrackedReadWriteLock("interrupted");
        TrackedSemaphore permits = new TrackedSemaphore("interrupted", 1);
        interrupted(lock::lockInterruptibly);
        interrupted(() -> lock.tryLock(1, TimeUnit.DAYS));
        interrupted(readWrite.writeLock()::lockInterruptibly);
        interrupted(() -> readWrite.readLock().tryLock(1, TimeUnit.DAYS));
        interrupted(permits::acquire);
        interrupted(() -> permits.tryAcquire(1, TimeUnit.DAYS));

        assertThat(lock.isLocked()).isFalse();
        assertThat(permits.availablePermits()).isEqualTo(1);
        assertThat(readWrite.writeLock().tryLock()).isTrue();
    }

    private static void interrupted(ThrowableAssert.ThrowingCallable wait) {
        Thread.currentThread().interrupt();
        assertThatThrownBy(wait).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void permits_that_are_drained_are_held_and_a_release_of_less_than_none_tells_nothing() {
        TrackedSemaphore permits = new TrackedSemaphore("drained", 3);
        assertThat(permits.drainPermits()).isEqualTo(3);
        assertThat(permits.drainPermits()).isZero();
        assertThatThrownBy(() -> permits.release(-1)).hasMessage("permits to release must be 0 or more: -1");

        assertThat(inspector.resources()).singleElement().satisfies(resource -> {
            assertThat(resource.exact()).isTrue();
            assertThat(resource.holders())
                    .singleElement()
                    .satisfies(holder -> assertThat(holder.permits()).isEqualTo(3));
        });
        permits.release(3);
        assertThat(holders(permits.resourceId())).isEmpty();
    }

    @Test
    void a_wait_for_a_lock_can_run_out_of_time_and_be_interrupted() throws Exception {
        TrackedLock lock = new TrackedLock("slow");
        lock.lock();
        assertThat(Inspect.spawn("impatient", () -> lock.tryLock(1, TimeUnit.MILLISECONDS))
                        .get())
                .isFalse();
        TrackedTask<?> interrupted = Inspect.spawn("interrupted", () -> {
            lock.lockInterruptibly();
            return null;
        });
        blocked(interrupted.taskId());
        interrupted.cancel(true);
        while (lock.hasQueuedThreads()) {
            Thread.onSpinWait();
        }
        lock.unlock();
        assertThat(lock.tryLock()).isTrue();
        lock.unlock();
        assertThat(lock.isLocked()).isFalse();
        assertThat(holders(lock.resourceId())).isEmpty();
    }

    @Test
    void under_contention_nobody_is_left_as_a_holder_and_all_is_counted() throws Exception {
        TrackedLock lock = new TrackedLock("busy");
        long[] sum = {0};
        Callable<Integer> work = () -> {
            for (int i = 0; i < 300; i++) {
                lock.lock();
                try {
                    sum[0]++;
                } finally {
                    lock.unlock();
                }
            }
            return 0;
        };
        List<TrackedTask<Integer>> tasks =
                List.of(Inspect.spawn("a", work), Inspect.spawn("b", work), Inspect.spawn("c", work));
        for (TrackedTask<Integer> task : tasks) {
            task.get();
        }
        lock.lock(); // whoever takes it next puts right what was told of it
        lock.unlock();

        assertThat(sum[0]).isEqualTo(900);
        assertThat(lock.metrics().acquisitions()).isEqualTo(901);
        if (inspector.stats().dropped() == 0) {
            assertThat(holders(lock.resourceId())).isEmpty();
        }
    }

    @Test
    void permits_have_holders() throws Exception {
        TrackedSemaphore permits = new TrackedSemaphore("connections", 3);
        permits.acquire(2);
        TrackedTask<?> other = Inspect.spawn("other", () -> {
            permits.acquire();
            return null;
        });
        other.get();
        assertThat(permits.tryAcquire()).isFalse();
        assertThat(holders(permits.resourceId()))
                .containsExactly(Thread.currentThread().getId(), other.taskId());
        TrackedTask<?> waiter = Inspect.spawn("waiter", () -> permits.acquireUninterruptibly());
        assertThat(Objects.requireNonNull(blocked(waiter.taskId()).await()).label())
                .isEqualTo("connections");
        permits.release(2);
        waiter.get();

        assertThat(holders(permits.resourceId())).containsExactly(other.taskId(), waiter.taskId());
        assertThat(permits.metrics().acquisitions()).isEqualTo(3);
        assertThat(permits.metrics().contentions()).isEqualTo(1);
        assertThat(permits.availablePermits()).isEqualTo(1);
    }

    @Test
    void readers_are_many_and_a_writer_waits_for_all() throws Exception {
        TrackedReadWriteLock lock = new TrackedReadWriteLock("cache");
        lock.readLock().lock();
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        TrackedTask<?> reader = Inspect.spawn("reader", () -> {
            lock.readLock().lock();
            reading.countDown();
            goOn.await();
            lock.readLock().unlock();
            return null;
        });
        reading.await();
        assertThat(holders(lock.resourceId()))
                .containsExactly(Thread.currentThread().getId(), reader.taskId());
        TrackedTask<?> writer = Inspect.spawn("writer", () -> {
            lock.writeLock().lock();
            lock.writeLock().unlock();
        });
        blocked(writer.taskId());
        goOn.countDown();
        reader.get();
        lock.readLock().unlock();
        writer.get();

        assertThat(holders(lock.resourceId())).isEmpty();
        assertThat(lock.readMetrics().acquisitions()).isEqualTo(2);
        assertThat(lock.writeMetrics().contentions()).isEqualTo(1);
    }

    @Test
    void a_failing_task_leaves_what_it_held_to_be_seen() {
        TrackedSemaphore permits = new TrackedSemaphore("leaky", 1);
        TrackedTask<?> leak = Inspect.spawn("leak", () -> {
            permits.acquire();
            throw new IllegalStateException("forgot to release");
        });
        assertThatThrownBy(leak::get).isInstanceOf(ExecutionException.class);

        assertThat(holders(permits.resourceId())).containsExactly(leak.taskId());
        assertThat(Objects.requireNonNull(inspector.task(leak.taskId())).state())
                .isEqualTo(TaskState.FAILED);
    }

    private TaskInfo blocked(long taskId) {
        while (true) {
            TaskInfo task = inspector.task(taskId);
            if (task != null && task.state() == TaskState.BLOCKED && task.await() != null) {
                return task;
            }
            Thread.onSpinWait();
        }
    }

    private List<Long> holders(long resourceId) {
        return inspector.resources().stream()
                .filter(resource -> resource.id() == resourceId)
                .flatMap(resource -> resource.holders().stream())
                .map(ResourceInfo.Holder::taskId)
                .toList();
    }
}
