package example;

import java.util.concurrent.CountDownLatch;
import org.testng.annotations.Test;

public class HangingTest {

    @Test
    public void waits_for_a_signal_that_nobody_gives() throws Exception {
        new CountDownLatch(1).await();
    }
}
