package dev.asyncinspect.examples.clinic;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Ends the program: when its parent closes the pipe to stdin, and after ten minutes in any case. */
final class Lifetime {

    private static final long MOST_MINUTES = 10;

    private Lifetime() {}

    /**
     * Starts watching stdin. Only a pipe is watched: /dev/null is at its end at once, and a background job that reads its
     * terminal would be stopped. Where the system does not tell what stdin is, it is taken for a pipe.
     *
     * @param keepAlive whether the clock is what keeps the JVM alive, as the threads of most stories are daemons
     */
    static void endWithParent(boolean keepAlive) {
        if (stdinIsPipe()) {
            watch("clinic-stdin", true, () -> {
                byte[] unread = new byte[1024];
                while (System.in.read(unread) >= 0) {
                    // Whatever the parent says, only its silence counts.
                }
            });
        }
        watch("clinic-clock", !keepAlive, () -> TimeUnit.MINUTES.sleep(MOST_MINUTES));
    }

    /** Says something once the main thread has ended, and the JVM waits for the end of the others. */
    static void afterMain(Runnable news) {
        Thread herald = new Thread(
                () -> {
                    while (Thread.getAllStackTraces().keySet().stream()
                            .noneMatch(thread -> thread.getName().equals("DestroyJavaVM"))) {
                        LockSupport.parkNanos(1_000_000);
                    }
                    news.run();
                },
                "clinic-herald");
        herald.setDaemon(true);
        herald.start();
    }

    private static boolean stdinIsPipe() {
        try {
            Path stdin = Files.readSymbolicLink(Path.of("/proc/self/fd/0"));
            return !stdin.startsWith("/dev") && !Files.isRegularFile(stdin);
        } catch (IOException | UnsupportedOperationException e) {
            return true;
        }
    }

    private static void watch(String name, boolean daemon, Work untilTheEnd) {
        Thread thread = new Thread(
                () -> {
                    try {
                        untilTheEnd.run();
                    } catch (Exception e) {
                        // A stdin that cannot be read is a parent that is gone.
                    }
                    // Not exit(): hooks and locks of a hung program must not keep it alive.
                    Runtime.getRuntime().halt(0);
                },
                name);
        thread.setDaemon(daemon);
        thread.start();
    }
}
