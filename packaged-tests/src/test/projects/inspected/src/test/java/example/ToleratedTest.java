package example;

import dev.asyncinspect.junit.Check;
import dev.asyncinspect.junit.NotInspected;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class ToleratedTest {

    @Test
    @NotInspected(reason = "the pool serves all tests", checks = Check.LEAKED_THREAD)
    void leaves_a_pool_for_those_that_come() throws Exception {
        Executors.newFixedThreadPool(2).submit(() -> 1).get();
    }
}
