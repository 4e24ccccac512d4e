package dev.asyncinspect.junit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Platform threads that a test leaves behind. Silent about those that may well be somebody else's. */
final class LeakedThreads {

    /*
     * A thread is younger than a test if its number is higher. It is taken for the test's if it was made on its behalf, and
     *
     *   - code of the test's class is on its stack, or else
     *   - it is no daemon (a library that keeps a thread for all makes it one), and either it is a worker of a pool that is
     *     itself younger than the test (pools with default names are numbered), or it is no idle worker at all. An idle
     *     worker of a pool with other names may be the growth of a pool that all tests share.
     */

    /** Room for threads that start while they are listed. */
    private static final int SPARE = 16;

    private LeakedThreads() {}

    /** Those that still live at this time of {@link System#nanoTime}, described. */
    static List<String> of(RunningTest test, long deadline) throws InterruptedException {
        List<String> leaked = new ArrayList<>();
        for (Thread thread : all()) {
            if (isOf(test, thread)) {
                thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
                StackTraceElement[] stack = thread.getStackTrace();
                if (thread.isAlive() && stack.length > 0) {
                    leaked.add(describe(thread, stack));
                }
            }
        }
        return leaked;
    }

    private static boolean isOf(RunningTest test, Thread thread) {
        if (!test.start().isBefore(thread) || thread == Thread.currentThread()) {
            return false;
        }
        StackTraceElement[] stack = thread.getStackTrace();
        if (Arrays.stream(stack).anyMatch(Frames::isOfRunner)) {
            return false; // it runs another test
        }
        if (test.isOn(stack)) {
            return test.made(Watermark.id(thread)); // else it is another test's of the same class
        }
        if (thread.isDaemon() || stack.length == 0) {
            return false;
        }
        boolean young = Watermark.hasPool(thread) ? test.start().isBeforePoolOf(thread) : !isIdleWorker(stack);
        return young && test.made(Watermark.id(thread));
    }

    private static boolean isIdleWorker(StackTraceElement[] stack) {
        for (StackTraceElement frame : stack) {
            if (!Frames.isOfJdk(frame)) {
                return false;
            }
            if (frame.getMethodName().equals("getTask") || frame.getMethodName().equals("awaitWork")) {
                return true;
            }
        }
        return false;
    }

    private static String describe(Thread thread, StackTraceElement[] stack) {
        return "thread '" + thread.getName() + "'" + (thread.isDaemon() ? " (daemon)" : "")
                + (isIdleWorker(stack)
                        ? ", an idle worker of an executor"
                        : " " + thread.getState() + " at " + Frames.text(place(stack)));
    }

    /** The line a person looks for: the innermost outside the JDK, else the innermost. */
    private static StackTraceElement place(StackTraceElement[] stack) {
        for (StackTraceElement frame : stack) {
            if (!Frames.isOfJdk(frame)) {
                return frame;
            }
        }
        return stack[0];
    }

    /** All platform threads of the program, those of the JVM itself left out: the topmost group is the JVM's. */
    static List<Thread> all() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group.getParent() != null && group.getParent().getParent() != null) {
            group = group.getParent();
        }
        Thread[] found = new Thread[2 * group.activeCount() + SPARE];
        return Arrays.asList(found).subList(0, group.enumerate(found, true));
    }
}
