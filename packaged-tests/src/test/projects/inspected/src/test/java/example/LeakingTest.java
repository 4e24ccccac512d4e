package example;

import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class LeakingTest {

    @Test
    void forgets_to_shut_its_pool_down() throws Exception {
        Executors.newFixedThreadPool(2).submit(() -> 1).get();
    }

    @Test
    void leaves_nothing_behind() {}
}
