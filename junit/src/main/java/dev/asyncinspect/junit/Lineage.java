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
     */

    private static final InheritableThreadLocal<RunningTest> TEST = new InheritableThreadLocal<>();
    private static final int MOST_LINES = 40;

    private static boolean watches;

    private Lineage() {}

    /** From now on this thread works for this test. */
    static void begin(RunningTest test) {
        watchForDeaths();
        TEST.set(test);
    }

    /** From now on this thread works for no test. */
    static void end() {
        TEST.remove();
    }

    /** The test this thread works for, null if for none. */
    static @Nullable RunningTest current() {
        return TEST.get();
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
