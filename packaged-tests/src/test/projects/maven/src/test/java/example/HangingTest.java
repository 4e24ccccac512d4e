package example;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class HangingTest {

    @Test
    void waits_for_a_signal_that_nobody_gives() throws Exception {
        new CountDownLatch(1).await();
    }
}
