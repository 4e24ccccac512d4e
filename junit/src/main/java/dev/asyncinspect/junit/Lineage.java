package dev.asyncinspect.junit;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;

/** Which test a thread works for: the one that made it, or made the thread that made it, and so on. */
final class Lineage {

    /*
     * An inheritable thread local travels from each thread to those that it makes, virtual ones too. Nobody can read it from
     * outside, but a thread that dies of a throwable calls the handler itself. The handler that was there before is called as
     * if we were not: what the program prints or does about it stays the same.
     *
     * All virtual threads of a test carry the same object. They alone hold it, and the JDK takes it from a thread that ends:
     * once it has been collected, none of them lives. The flight recorder could tell the same, but has to be started for
     * every JVM of tests, and reading what it noted of half a million threads takes seconds (docs/decisions/0011).
     */

    /** What a thread carries. */
    static final class Origin {

        private final RunningTest test;

        Origin(RunningTest test) {
            this.test = test;
        }
    }

    private static final InheritableThreadLocal<Origin> ORIGIN = new InheritableThreadLocal<>() {
        @Override
        protected Origin childValue(Origin parent) {
            return isForVirtualThread() ? parent.test.originOfVirtualThreads() : new Origin(parent.test);
        }
    };

    private static final StackWalker WALKER = StackWalker.getInstance();

    /** Only its constructor is asked for: that of every virtual thread runs while its inheritance is made. */
    private static final String VIRTUAL_THREAD = "java.lang.BaseVirtualThread";

    /** From here to the innermost constructor that counts. */
    private static final int FRAMES = 8;

    private static final int MOST_LINES = 40;

    private static boolean watches;

    private Lineage() {}

    /** From now on this thread works for this test. */
    static void begin(RunningTest test) {
        watchForDeaths();
        ORIGIN.set(new Origin(test));
    }

    /** From now on this thread works for no test. */
    static void end() {
        ORIGIN.remove();
    }

    /** The test this thread works for, null if for none. */
    static @Nullable RunningTest current() {
        Origin origin = ORIGIN.get();
        return origin == null ? null : origin.test;
    }

    private static boolean isForVirtualThread() {
        return WALKER.walk(frames -> frames.limit(FRAMES)
                .anyMatch(frame -> frame.getClassName().equals(VIRTUAL_THREAD)
                        && frame.getMethodName().equals("<init>")));
    }

    private static synchronized void watchForDeaths() {
        if (watches && Thread.getDefaultUncaughtExceptionHandler() instanceof Deaths) {
            return;
        }
        watches = true;
        Thread.setDefaultUncaughtExceptionHandler(new Deaths(Thread.getDefaultUncaughtExceptionHandler()));
    }

    private static final class Deaths implements Thread.UncaughtExceptionHandler {

        private final Thread.@Nullable UncaughtExceptionHandler before;

        Deaths(Thread.@Nullable UncaughtExceptionHandler before) {
            this.before = before;
        }

        @Override
        public void uncaughtException(Thread thread, Throwable failure) {
            RunningTest test = current();
            if (test != null && !(failure instanceof ThreadDeath)) {
                test.died(describe(thread, failure));
            }
            if (before != null) {
                before.uncaughtException(thread, failure);
            } else if (!(failure instanceof ThreadDeath)) { // as ThreadGroup does it
                System.err.print("Exception in thread \"" + thread.getName() + "\" ");
                failure.printStackTrace();
            }
        }

        private static String describe(Thread thread, Throwable failure) {
            StringWriter text = new StringWriter();
            failure.printStackTrace(new PrintWriter(text));
            StringBuilder shown = new StringBuilder("thread '" + thread.getName() + "' died of ");
            text.toString()
                    .lines()
                    .limit(MOST_LINES)
                    .forEach(line -> shown.append(line).append('\n'));
            return shown.toString().stripTrailing();
        }
    }
}
