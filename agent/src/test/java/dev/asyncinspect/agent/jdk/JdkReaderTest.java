package dev.asyncinspect.agent.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.rows.Relation;
import dev.asyncinspect.core.rows.Row;
import java.lang.ref.WeakReference;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the readers tell of real objects in the test's own JVM. */
@SuppressWarnings({"LockNotBeforeTry", "WaitNotInLoop", "FutureReturnValueIgnored", "ThreadJoinLoop"})
class JdkReaderTest {

    private final Actors actors = new Actors();
    private final CountDownLatch never = new CountDownLatch(1);
    private final ThreadPoolExecutor pool =
            new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());

    @AfterEach
    void stop() {
        pool.shutdownNow();
        actors.close();
    }

    @Test
    void a_lock_of_a_virtual_thread_that_a_platform_thread_wants_names_its_owner() throws Exception {
        ReentrantLock lock = new ReentrantLock();
        Thread owner = holding(lock);
        Thread waiter = actors.platform(lock::lock);
        Actors.awaitWaiting(waiter);
        Rows rows = Rows.sample();
        int ref = rows.thread(waiter).blockerRef();
        assertThat(rows.className(ref)).isEqualTo("java.util.concurrent.locks.ReentrantLock$NonfairSync");
        assertThat(rows.threads(ref, Relation.OWNER)).containsExactly(owner.getId());
        assertThat(rows.thread(owner).virtual()).isTrue();
        assertThat(rows.thread(owner).containerRef()).isNotZero();
    }

    @Test
    void one_act_of_waiting_is_told_from_the_next() throws Exception {
        ReentrantLock lock = new ReentrantLock();
        holding(lock);
        Thread waiter = actors.virtual(() -> {
            try {
                lock.lockInterruptibly();
            } catch (InterruptedException e) {
                lock.lock();
            }
        });
        Actors.awaitWaiting(waiter);
        JdkReader reader = Rows.reader();
        int first = Rows.sample(reader).objectsOf(waiter, Relation.EPISODE).get(0);
        assertThat(Rows.sample(reader).objectsOf(waiter, Relation.EPISODE)).containsExactly(first);
        waiter.interrupt();
        while (lock.hasQueuedThread(waiter)
                && Rows.sample(reader).objectsOf(waiter, Relation.EPISODE).contains(first)) {
            LockSupport.parkNanos(1_000_000);
        }
        Actors.awaitWaiting(waiter);
        assertThat(Rows.sample(reader).objectsOf(waiter, Relation.EPISODE))
                .hasSize(1)
                .doesNotContain(first);
    }

    @Test
    void all_readers_of_a_read_write_lock_are_found_however_often_they_entered() throws Exception {
        ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
        CountDownLatch reading = new CountDownLatch(3);
        Actors.Part read = () -> {
            lock.readLock().lock();
            lock.readLock().lock();
            reading.countDown();
            never.await();
        };
        Thread one = actors.platform(read);
        Thread two = actors.virtual(read);
        Thread three = actors.platform(read);
        reading.await();
        Thread writer = actors.platform(() -> lock.writeLock().lock());
        Actors.awaitWaiting(writer);
        Rows rows = Rows.sample();
        int ref = rows.thread(writer).blockerRef();
        assertThat(rows.threads(ref, Relation.READER))
                .containsExactlyInAnyOrder(one.getId(), two.getId(), three.getId());
        assertThat(rows.numbers(ref, Relation.READERS)).containsExactly(3L);
        assertThat(rows.threads(ref, Relation.OWNER)).isEmpty();
    }

    @Test
    void readers_that_are_not_found_are_counted() throws Exception {
        ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
        CountDownLatch reading = new CountDownLatch(2);
        for (int i = 0; i < 2; i++) {
            actors.platform(() -> {
                lock.readLock().lock();
                reading.countDown();
                never.await();
            });
        }
        reading.await();
        Thread writer = actors.platform(() -> lock.writeLock().lock());
        Actors.awaitWaiting(writer);
        Rows rows = Rows.sample(Rows.reader("java.lang.ThreadLocal$ThreadLocalMap"));
        int ref = rows.thread(writer).blockerRef();
        assertThat(rows.threads(ref, Relation.READER)).hasSize(1);
        assertThat(rows.numbers(ref, Relation.READERS)).containsExactly(2L);
        assertThat(rows.notSeen()).contains("java.lang.ThreadLocal$ThreadLocalMap.table");
    }

    @Test
    void a_condition_names_its_lock_and_the_acts_of_waiting_in_it() throws Exception {
        ReentrantLock lock = new ReentrantLock();
        Condition condition = lock.newCondition();
        Thread waiter = actors.virtual(() -> {
            lock.lock();
            condition.await();
        });
        Actors.awaitWaiting(waiter);
        Rows rows = Rows.sample();
        int ref = rows.thread(waiter).blockerRef();
        assertThat(rows.objects(ref, Relation.LOCK)).hasSize(1);
        assertThat(rows.objectsOf(waiter, Relation.EPISODE)).hasSize(1);
    }

    @Test
    void a_queued_future_task_names_its_pool_its_waiter_and_its_method() throws Exception {
        pool.submit(() -> {
            never.await();
            return null;
        });
        Future<?> queued = pool.submit(new UserWork());
        Thread waiter = actors.virtual(queued::get);
        Actors.awaitWaiting(waiter);
        Rows rows = Rows.sample();
        int future = rows.thread(waiter).blockerRef();
        int poolRef = rows.of(Row.ObjectLink.class).stream()
                .filter(row -> row.relation().equals(Relation.QUEUED) && row.otherRef() == future)
                .findFirst()
                .orElseThrow()
                .ref();
        assertThat(rows.className(poolRef)).isEqualTo("java.util.concurrent.ThreadPoolExecutor");
        assertThat(rows.threads(poolRef, Relation.WORKER)).hasSize(1);
        assertThat(rows.numbers(poolRef, Relation.MAX_WORKERS)).containsExactly(1L);
        assertThat(rows.texts(future, Relation.USER_METHOD)).containsExactly(UserWork.class.getName());
        assertThat(rows.objectsOf(waiter, Relation.EPISODE)).hasSize(1);
    }

    @Test
    void a_running_future_task_names_its_runner() throws Exception {
        Future<?> running = pool.submit(() -> {
            never.await();
            return null;
        });
        Thread waiter = actors.platform(running::get);
        Actors.awaitWaiting(waiter);
        Rows rows = Rows.sample();
        assertThat(rows.threads(rows.thread(waiter).blockerRef(), Relation.RUNNER))
                .hasSize(1);
    }

    @Test
    void a_completable_future_is_found_from_its_queued_work_with_its_waiter_and_what_depends_on_it() throws Exception {
        pool.submit(() -> {
            never.await();
            return null;
        });
        CompletableFuture<Integer> source = CompletableFuture.supplyAsync(() -> 1, pool);
        CompletableFuture<Integer> dependent = source.thenApply(one -> one + 1);
        Thread waiter = actors.platform(dependent::join);
        Actors.awaitWaiting(waiter);
        Rows rows = Rows.sample();
        int awaited = rows.objectsOf(waiter, Relation.WAITER).get(0);
        assertThat(rows.className(awaited)).isEqualTo("java.util.concurrent.CompletableFuture");
        int from = rows.of(Row.ObjectLink.class).stream()
                .filter(row -> row.relation().equals(Relation.DEPENDENT) && row.otherRef() == awaited)
                .findFirst()
                .orElseThrow()
                .ref();
        assertThat(rows.of(Row.ObjectLink.class))
                .anyMatch(row -> row.relation().equals(Relation.COMPLETES) && row.otherRef() == from);
        assertThat(rows.texts(rows.thread(waiter).blockerRef(), Relation.USER_METHOD))
                .as("what the waiter parks at runs nothing")
                .isEmpty();
    }

    @Test
    void the_end_of_a_virtual_thread_is_awaited_by_whoever_joins_it() throws Exception {
        Thread worker = actors.virtual(never::await);
        Thread joiner = actors.platform(worker::join);
        Actors.awaitWaiting(joiner);
        Rows rows = Rows.sample();
        assertThat(rows.threads(rows.thread(joiner).blockerRef(), Relation.RUNNER))
                .containsExactly(worker.getId());
    }

    @Test
    void no_code_of_the_program_runs() throws Exception {
        Thread hostile = new HostileThread(never);
        hostile.setDaemon(true);
        hostile.start();
        HostileLock lock = new HostileLock();
        lock.lock();
        Thread waiter = actors.platform(lock::lock);
        Actors.awaitWaiting(waiter);
        Rows rows = Rows.sample();
        assertThat(rows.thread(waiter).blockerRef()).isNotZero();
        assertThat(rows.of(Row.ThreadSeen.class))
                .anyMatch(row -> row.name().equals("hostile") && !row.state().isEmpty());
        never.countDown();
    }

    @Test
    void nothing_is_kept_alive_after_a_sample() throws Exception {
        ReentrantLock lock = new ReentrantLock();
        Thread owner = holding(lock);
        Thread waiter = actors.virtual(lock::lockInterruptibly);
        Actors.awaitWaiting(waiter);
        JdkReader reader = Rows.reader();
        assertThat(Rows.sample(reader).thread(waiter).blockerRef()).isNotZero();
        waiter.interrupt();
        owner.interrupt();
        waiter.join();
        owner.join();
        WeakReference<ReentrantLock> weak = new WeakReference<>(lock);
        lock = null;
        waiter = null;
        owner = null;
        actors.forget();
        while (weak.get() != null) {
            System.gc();
        }
        assertThat(weak.get()).isNull();
    }

    @Test
    void what_a_jdk_does_not_have_is_said_and_the_rest_still_read() throws Exception {
        ReentrantLock lock = new ReentrantLock();
        holding(lock);
        Thread waiter = actors.platform(lock::lock);
        Actors.awaitWaiting(waiter);
        Rows rows = Rows.sample(Rows.reader("java.util.concurrent.locks.AbstractOwnableSynchronizer"));
        int ref = rows.thread(waiter).blockerRef();
        assertThat(rows.threads(ref, Relation.OWNER)).isEmpty();
        assertThat(rows.numbers(ref, Relation.COUNT)).containsExactly(1L);
        assertThat(rows.notSeen())
                .contains("java.util.concurrent.locks.AbstractOwnableSynchronizer.exclusiveOwnerThread");
    }

    private Thread holding(ReentrantLock lock) throws InterruptedException {
        CountDownLatch held = new CountDownLatch(1);
        Thread owner = actors.virtual(() -> {
            lock.lock();
            try {
                held.countDown();
                never.await();
            } finally {
                lock.unlock();
            }
        });
        held.await();
        Actors.awaitWaiting(owner);
        return owner;
    }

    private static final class UserWork implements Callable<String> {
        @Override
        public String call() {
            return "done";
        }
    }

    /** Overrides all that can be overridden; whoever calls it fails. */
    private static final class HostileThread extends Thread {

        private final CountDownLatch until;

        HostileThread(CountDownLatch until) {
            super("hostile");
            this.until = until;
        }

        @Override
        public void run() {
            try {
                until.await();
            } catch (InterruptedException e) {
                // the test is over
            }
        }

        @Override
        public State getState() {
            throw new AssertionError("getState was called");
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            throw new AssertionError("getStackTrace was called");
        }

        @Override
        public String toString() {
            throw new AssertionError("toString was called");
        }

        @Override
        public ClassLoader getContextClassLoader() {
            throw new AssertionError("getContextClassLoader was called");
        }
    }

    private static final class HostileLock extends ReentrantLock {

        private static final long serialVersionUID = 1;

        @Override
        protected Thread getOwner() {
            throw new AssertionError("getOwner was called");
        }

        @Override
        public String toString() {
            throw new AssertionError("toString was called");
        }
    }
}
