package dev.asyncinspect.junit;

import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** A method of a test, on the thread that runs it. */
final class WatchedCall {

    /** A thread that wakes up, looks and waits again uses less; one that computes more. */
    private static final long WORK_NANOS = 1_000_000;

    private static final int FRAMES_SHOWN = 30;

    private final RunningTest test;
    private final Thread thread = Thread.currentThread();
    private final Explanation explanation;
    private final Duration stopGrace;
    private StackTraceElement[] stood = new StackTraceElement[0];
    private long cpu;
    private long stillSince = System.nanoTime();
    private boolean stopping;
    private long stopAt;

    /*
     * All that changes belongs to the watchdog, but for `over`: the thread of the test sets it when the method has returned,
     * so that it is not interrupted in what comes next. Both hold the lock of this object while they look at it.
     */
    private boolean over;

    WatchedCall(RunningTest test, Explanation explanation, Duration stopGrace) {
        this.test = test;
        this.explanation = explanation;
        this.stopGrace = stopGrace;
    }

    RunningTest test() {
        return test;
    }

    long threadId() {
        return Watermark.id(thread);
    }

    /** For how long it has neither computed nor stood elsewhere. */
    Duration still(long now, ThreadMXBean threads) {
        StackTraceElement[] stands = thread.getStackTrace();
        long used = Math.max(0, threads.getThreadCpuTime(threadId()));
        if (!Arrays.equals(stood, stands) || used - cpu > WORK_NANOS) {
            stood = stands;
            cpu = used;
            stillSince = now;
        }
        return Duration.ofNanos(now - stillSince);
    }

    boolean isStopping() {
        return stopping;
    }

    boolean isOverdue(long now) {
        return now > stopAt;
    }

    /** Finds out why it hangs, and interrupts it. */
    void stop(Duration after) {
        stopping = true;
        Explanation.Told why = explanation.why(test.name(), threadId());
        synchronized (this) {
            if (!over) {
                test.hangs(new InspectionError(Check.HANG, message(after, why.text()), why.evidence()));
                thread.interrupt();
            }
        }
        stopAt = System.nanoTime() + stopGrace.toNanos();
    }

    /** Its method has returned. */
    synchronized void over() {
        over = true;
    }

    private String message(Duration after, String why) {
        List<StackTraceElement> shown = Arrays.stream(stood)
                .takeWhile(frame -> !isBelowTest(frame))
                .limit(FRAMES_SHOWN)
                .toList();
        return test.name() + " hangs: it has not moved for " + after.toMillis() / 1000.0 + " s. It stands"
                + Frames.text(shown) + "\n\n" + why;
    }

    private static boolean isBelowTest(StackTraceElement frame) {
        return Frames.isOfRunner(frame)
                || frame.getClassName().startsWith("jdk.internal.reflect.")
                || frame.getClassName().startsWith("java.lang.reflect.");
    }
}
