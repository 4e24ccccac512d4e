package dev.asyncinspect.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.NonBlocking;

class NonBlockingThreadsTest {

    private final CountDownLatch end = new CountDownLatch(1);

    /** A thread of Reactor, but for what it runs. */
    private static final class Marked extends Thread implements NonBlocking {

        Marked(Runnable work) {
            super(work, "parallel-1");
            setDaemon(true);
        }
    }

    @Test
    void a_marked_thread_that_waits_in_code_of_the_program_is_told_at_the_second_look() {
        Thread thread = start(new Marked(this::await));
        NonBlockingThreads threads = new NonBlockingThreads();
        assertThat(threads.blocked(List.of(thread))).isEmpty();
        assertThat(threads.blocked(List.of(thread))).containsOnlyKeys(thread);
        end.countDown();
    }

    @Test
    void a_thread_without_the_mark_may_wait() {
        Thread thread = start(new Thread(this::await));
        NonBlockingThreads threads = new NonBlockingThreads();
        threads.blocked(List.of(thread));
        assertThat(threads.blocked(List.of(thread))).isEmpty();
        end.countDown();
    }

    @Test
    void a_wait_for_work_is_the_threads_own() {
        LinkedBlockingQueue<String> work = new LinkedBlockingQueue<>();
        Thread thread = start(new Marked(new FutureTask<>(work::take)));
        NonBlockingThreads threads = new NonBlockingThreads();
        threads.blocked(List.of(thread));
        assertThat(threads.blocked(List.of(thread))).isEmpty();
        work.add("end");
    }

    private void await() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread start(Thread thread) {
        thread.setDaemon(true);
        thread.start();

        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        return thread;
    }
}
