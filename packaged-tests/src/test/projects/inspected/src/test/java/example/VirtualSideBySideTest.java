package example;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Tests that run at the same time; all start virtual threads with code of this class. */
@Execution(ExecutionMode.CONCURRENT)
class VirtualSideBySideTest {

    private static final CyclicBarrier ALL = new CyclicBarrier(2);

    @Test
    void leaves_one() throws Exception {
        ALL.await();
        VirtualThreads.start(() -> waitFor(new CountDownLatch(1)));
        ALL.await();
    }

    @Test
    void lets_its_own_end() throws Exception {
        ALL.await();
        CountDownLatch end = new CountDownLatch(1);
        Thread own = VirtualThreads.start(() -> waitFor(end));
        ALL.await();
        end.countDown();
        own.join();
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
