package dev.asyncinspect.examples.clinic;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;

/** A newsroom on a Netty event loop that waits for the archive to find a picture. */
final class BlockedEventLoopNetty implements Fault {

    private static final int LATE_STORIES = 3;

    @Override
    public String name() {
        return "blocked-event-loop-netty";
    }

    @Override
    public String about() {
        return "a Netty event loop that waits for a slow archive inside a task";
    }

    @Override
    public Size size() {
        return Size.of("reporters who file a story", 1, 1, 1000);
    }

    @Override
    public void start(Ward ward) {
        // Without Unsafe Netty needs no flag and causes no warning on any JDK.
        System.setProperty("io.netty.noUnsafe", "true");
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory(ward.names().of("newsroom"), true), NioIoHandler.newFactory());
        Newsroom newsroom = new Newsroom(group.next(), Errand.by("archivist", ward));
        ExecutorService desk = ward.crew("editor", 1).pool();
        for (int number = 1; number <= ward.size(); number++) {
            ward.hire("reporter", number, newsroom::publish, () -> newsroom.publishWithHelp(desk));
        }
        ward.settle();
        if (!ward.healthy()) {
            // What comes in meanwhile has to wait.
            for (int story = 0; story < LATE_STORIES; story++) {
                group.next().execute(Newsroom::count);
            }
        }
    }

    private record Newsroom(EventLoop loop, Errand archive) {

        void publish() throws InterruptedException, ExecutionException {
            loop.submit(() -> print(findPicture())).get();
        }

        /** Repaired: the picture is found elsewhere, the loop only prints. */
        void publishWithHelp(ExecutorService desk) throws InterruptedException, ExecutionException {
            String picture = desk.submit(this::findPicture).get();
            loop.submit(() -> print(picture)).get();
        }

        private String findPicture() {
            return "picture " + archive.order().join();
        }

        private static void count() {
            Thread.onSpinWait();
        }

        private static int print(String picture) {
            return picture.length();
        }
    }
}
