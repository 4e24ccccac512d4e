package dev.asyncinspect.sources;

import java.time.Duration;

/** Tells a JVM that has ended from one that only does not answer. */
final class JvmEnd {

    /*
     * A process that ends closes its sockets first and is gone a moment later, or stays as a zombie until its parent asks after it. So who loses
     * the connection and looks at once still sees it alive.
     */

    private static final Duration TO_END = Duration.ofSeconds(5);
    private static final long PAUSE_MILLIS = 20;

    private JvmEnd() {}

    /** Whether it has ended, or does within five seconds. */
    static boolean isNear(long pid) {
        long deadline = System.nanoTime() + TO_END.toNanos();
        while (!hasEnded(pid)) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return hasEnded(pid);
            }
        }
        return true;
    }

    /** Whether it has ended by now. */
    static boolean hasEnded(long pid) {
        return ProcessHandle.of(pid).isEmpty() || "Z".equals(ProcFs.state(pid));
    }
}
