package example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Tests that all run at the same time: each waits until the others have begun. */
@Execution(ExecutionMode.CONCURRENT)
class SideBySideTest {

    private static final CyclicBarrier ALL = new CyclicBarrier(4);

    @Test
    void leaks_a_pool() throws Exception {
        ALL.await();
        Executors.newFixedThreadPool(1).submit(() -> 1).get();
    }

    @Test
    void loses_a_failure() throws Exception {
        ALL.await();
        Thread worker = new Thread(() -> {
            throw new IllegalStateException("no such account");
        });
        worker.start();
        worker.join();
    }

    @Test
    void hangs() throws Exception {
        ALL.await();
        new CountDownLatch(1).await();
    }

    @Test
    void is_healthy() throws Exception {
        ALL.await();
        ExecutorService pool = Executors.newFixedThreadPool(1);
        assertEquals(1, pool.submit(() -> 1).get());
        pool.shutdown();
    }
}
