package dev.asyncinspect.junit;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Virtual threads that a test leaves behind. Silent about those that may well be somebody else's. */
final class LeakedVirtualThreads {

    /*
     * Nobody can list virtual threads from within, so a process of ours is asked, which takes a second or two. It is asked only
     * if some of those that were made on behalf of the test live after the grace, which a collection tells.
     *
     * One is taken for the test's if it is younger and code of the test's class is on its stack; or of its package, where no
     * other test ran beside it. Virtual threads that a library keeps for all stand in its own code.
     */

    private static final long FIRST_PAUSE_MILLIS = 10;

    /** A row of the table of tasks: number, name, kind, state, age, processor time, place. */
    private static final Pattern ROW = Pattern.compile("#(\\d+)\\s+(.*?)\\s+virtual\\s+(\\w+)\\s+\\S+\\s+\\S+  (.+)");

    private LeakedVirtualThreads() {}

    /** Those that still live at this time of {@link System#nanoTime}, described. */
    static List<String> of(RunningTest test, long deadline, Explanation explanation) throws InterruptedException {
        return test.mayHaveVirtualThreads() && outlive(test, deadline)
                ? described(explanation.virtualThreadsIn(place(test)), test.start())
                : List.of();
    }

    private static boolean outlive(RunningTest test, long deadline) throws InterruptedException {
        for (long pause = FIRST_PAUSE_MILLIS; ; pause *= 2) {
            System.gc();
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (!test.mayHaveVirtualThreads() || left <= 0) {
                return test.mayHaveVirtualThreads();
            }
            Thread.sleep(Math.min(pause, left));
        }
    }

    private static String place(RunningTest test) {
        int end = test.className().lastIndexOf('.');
        return test.isAlone() && end > 0 ? test.className().substring(0, end) : test.className();
    }

    static List<String> described(List<String> rows, Watermark start) {
        List<String> found = new ArrayList<>();
        for (String row : rows) {
            Matcher cells = ROW.matcher(row);
            if (cells.matches() && Long.parseLong(cells.group(1)) > start.threadId()) {
                String name = cells.group(2).isEmpty() ? "#" + cells.group(1) : "'" + cells.group(2) + "'";
                found.add("virtual thread " + name + " " + cells.group(4));
            }
        }
        return found;
    }
}
