package dev.asyncinspect.junit;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/** How long the JVM as a whole has computed next to nothing. Used by one thread. */
final class Activity {

    /** More than this part of one processor is work; what we cost ourselves is below it. */
    private static final double BUSY = 0.05;

    /** Shorter spans would make every collection a burst of work. */
    private static final Duration SPAN = Duration.ofMillis(500);

    private long spanStart;
    private long cpuAtStart;
    private long idleSince;
    private boolean begun;

    /** Takes in the present moment. */
    void sample(long now) {
        long cpu = cpuNanos();
        long span = now - spanStart;
        boolean pause = span > 4 * SPAN.toNanos(); // nobody looked meanwhile
        if (!begun || pause) {
            begun = true;
            idleSince = now;
        } else if (span < SPAN.toNanos()) {
            return;
        } else if (cpu - cpuAtStart > BUSY * span) {
            idleSince = now;
        }
        spanStart = now;
        cpuAtStart = cpu;
    }

    Duration idle(long now) {
        return Duration.ofNanos(now - idleSince);
    }

    /** Processor time of the JVM, 0 where it does not tell: then it counts as idle, and only the test itself is judged. */
    private static long cpuNanos() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean bean
                ? Math.max(0, bean.getProcessCpuTime())
                : 0;
    }
}
