package example;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.Test;

class VirtualLeakTest {

    /** Else nothing would refer to the work any more, and the JVM would collect it with its thread. */
    private static ExecutorService mail;

    @Test
    void leaves_a_virtual_thread_that_waits() throws Exception {
        VirtualThreads.start(() -> waitFor(new CountDownLatch(1)));
    }

    @Test
    void leaves_the_work_of_an_executor() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        mail = VirtualThreads.executor();
        mail.submit(() -> {
            begun.countDown();
            new Mailbox().read();
        });
        begun.await();
    }

    @Test
    void lets_its_virtual_threads_end() throws Exception {
        ExecutorService executor = VirtualThreads.executor();
        for (int i = 0; i < 1000; i++) {
            executor.submit(() -> Thread.yield());
        }
        CountDownLatch end = new CountDownLatch(1);
        Thread last = VirtualThreads.start(() -> waitFor(end));
        executor.shutdown();
        end.countDown();
        last.join();
    }

    @Test
    void leaves_one_that_is_about_to_end() throws Exception {
        Thread busy = VirtualThreads.start(() -> {
            long until = System.nanoTime() + 100_000_000;
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
        });
        if (!busy.isDaemon()) {
            throw new AssertionError("no virtual thread");
        }
    }

    @Test
    void uses_a_library_that_keeps_one() throws Exception {
        library.Timer.start();
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
