package example;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BlockingTest {

    @Test
    void sleeps_on_an_event_loop() throws Exception {
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try {
            loops.submit(BlockingTest::load).get();
        } finally {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).get();
        }
    }

    private static void load() {
        try {
            TimeUnit.MILLISECONDS.sleep(700);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
