package example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class HealthyTest {

    @Test
    void a_pool_adds() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            assertEquals(3, pool.submit(() -> 1 + 2).get());
        } finally {
            pool.shutdown();
        }
    }
}
