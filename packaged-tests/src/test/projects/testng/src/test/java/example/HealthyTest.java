package example;

import static org.testng.Assert.assertEquals;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.testng.annotations.Test;

public class HealthyTest {

    @Test
    public void waits_for_its_work() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(2);
        assertEquals(pool.submit(() -> 1).get(), Integer.valueOf(1));
        pool.shutdown();
    }
}
