package example;

import org.junit.jupiter.api.Test;

class SwallowingTest {

    @Test
    void does_not_see_that_its_worker_died() throws Exception {
        Thread worker = new Thread(() -> {
            throw new IllegalStateException("no such account");
        });
        worker.start();
        worker.join();
    }
}
