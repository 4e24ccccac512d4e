package example;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Computes for a while and waits for it at one place, as many a healthy test does. */
class BusyTest {

    @Test
    void computes() throws Exception {
        long until = System.nanoTime() + Long.getLong("busy.seconds", 1) * 1_000_000_000L;
        var pool = Executors.newSingleThreadExecutor();
        try {
            assertTrue(pool.submit(() -> {
                        long sum = 1;
                        while (System.nanoTime() < until) {
                            sum = sum * 31 + 7;
                        }
                        return sum;
                    })
                    .get()
                    != 0);
        } finally {
            pool.shutdown();
        }
    }
}
