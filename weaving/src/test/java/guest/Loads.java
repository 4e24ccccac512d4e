package guest;

import dev.asyncinspect.core.Trace;
import java.util.concurrent.Future;

/** A program with awaits that are told by name, and some that are not. */
public class Loads {

    @Trace
    public static int two(Future<Integer> first, Future<Integer> second) throws Exception {
        int sum = first.get();
        return sum + second.get();
    }

    @Trace("the second load")
    public static int named(Future<Integer> only) throws Exception {
        return only.get();
    }

    public static int untold(Future<Integer> only) throws Exception {
        return only.get();
    }

    @Trace
    public static String caught(Future<Integer> failing, Future<Integer> next) {
        String seen = "";
        try {
            seen += failing.get();
        } catch (Exception e) {
            seen += e.getCause().getMessage();
            seen += untold(next, seen);
        } finally {
            seen += " finally";
        }
        return seen;
    }

    private static String untold(Future<Integer> next, String before) {
        try {
            return before.isEmpty() ? "" : " then " + next.get();
        } catch (Exception e) {
            return "no";
        }
    }

    @Trace
    public static long monitor(Object lock) {
        synchronized (lock) {
            return System.identityHashCode(lock);
        }
    }

    /** Frames with longs, loops, and values below the call on the stack. */
    @Trace
    public static long mixed(Future<Integer>[] futures, long seed, boolean odd) throws Exception {
        long sum = seed;
        StringBuilder text = new StringBuilder();
        for (Future<Integer> future : futures) {
            double weight = odd ? 0.5 : 2;
            Integer boxed = Integer.valueOf(future.get() + 1);
            text.append(new StringBuilder("got " + future.get()).reverse());
            sum += boxed * (long) weight + text.length();
        }
        return sum;
    }
}
