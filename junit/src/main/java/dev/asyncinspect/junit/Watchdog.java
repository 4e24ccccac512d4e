package dev.asyncinspect.junit;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Looks ten times a second whether the running tests move; one daemon thread for the JVM, which ends when no test runs. */
final class Watchdog {

    /*
     * A test hangs if for its time it has stood at one place without computing, and either nothing else in the JVM computed
     * meanwhile (others may work for it) or it is in a deadlock or behind one.
     */

    private static final Watchdog INSTANCE = new Watchdog();
    private static final Duration TICK = Duration.ofMillis(100);
    private static final Duration IDLE_LIFE = Duration.ofSeconds(5);
    private static final int HALTED = 124;

    private final Set<WatchedCall> calls = ConcurrentHashMap.newKeySet();
    private final NonBlockingThreads nonBlocking = new NonBlockingThreads();
    private final Activity activity = new Activity();
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private boolean runs;

    private Watchdog() {}

    static Watchdog instance() {
        return INSTANCE;
    }

    synchronized void watch(WatchedCall call) {
        calls.add(call);
        if (!runs) {
            runs = true;
            Thread thread = new Thread(this::run, "async-inspect-watchdog");
            thread.setDaemon(true);
            thread.start();
        }
        notifyAll();
    }

    void unwatch(WatchedCall call) {
        calls.remove(call);
    }

    private void run() {
        long idleSince = System.nanoTime();
        while (true) {
            if (!calls.isEmpty()) {
                idleSince = System.nanoTime();
            }
            synchronized (this) {
                if (System.nanoTime() - idleSince > IDLE_LIFE.toNanos() && calls.isEmpty()) {
                    runs = false;
                    return;
                }
                pause();
            }
            if (!calls.isEmpty()) {
                tick();
            }
        }
    }

    @SuppressWarnings("WaitNotInLoop") // a tick too early does no harm
    private void pause() {
        try {
            wait(TICK.toMillis());
        } catch (InterruptedException e) {
            // Nobody of ours interrupts it; whoever does wants nothing of us.
        }
    }

    private void tick() {
        long now = System.nanoTime();
        activity.sample(now);
        List<Thread> all = LeakedThreads.all();
        nonBlocking.blocked(all).forEach(this::blocked);
        for (WatchedCall call : calls) {
            look(call, now);
        }
    }

    private void look(WatchedCall call, long now) {
        if (call.isStopping()) {
            if (call.isOverdue(now)) {
                halt(call);
            }
            return;
        }
        Duration still = call.still(now, threads);
        Duration enough = call.test().hangAfter();
        if (still.compareTo(enough) < 0 || !call.test().isInspectedFor(Check.HANG)) {
            return;
        }
        if (activity.idle(now).compareTo(enough) >= 0 || Deadlocks.isIn(call.threadId())) {
            call.stop(enough);
        }
    }

    /** The test that blocks this thread: the one whose code is on its stack, or the only one that runs. */
    private void blocked(Thread thread, StackTraceElement[] stack) {
        for (WatchedCall call : calls) {
            if (call.test().isOn(stack) || (calls.size() == 1 && call.test().isAlone())) {
                call.test().blocked(describe(thread, stack));
                return;
            }
        }
    }

    private static String describe(Thread thread, StackTraceElement[] stack) {
        return "thread '" + thread.getName() + "' waits" + Frames.text(NonBlockingThreads.upToLoop(stack));
    }

    /** Interrupted, it did not end. JUnit waits for it for ever, and nobody else would ever learn why. */
    private static void halt(WatchedCall call) {
        // Not System.err: a test runner replaces it, and would lose what it has not passed on yet.
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        InspectionError hang = call.test().hang();
        err.println(hang == null ? "" : hang.getMessage());
        err.println(
                "async-inspect: " + call.test().name() + " does not end though it was interrupted: ending the JVM with"
                        + " exit code " + HALTED + ", since no other test would ever run");
        Runtime.getRuntime().halt(HALTED);
    }
}
