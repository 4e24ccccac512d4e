package dev.asyncinspect.junit;

import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far the JDK had come, at some moment, in numbering threads and the pools of {@link Executors}: what bears a higher number
 * is younger.
 *
 * @param threadId the newest thread
 * @param pool the newest pool with default names
 */
record Watermark(long threadId, long pool) {

    private static final Pattern POOL = Pattern.compile("pool-(\\d+)-thread-\\d+");

    /** The present moment. Costs the numbers of one thread and one pool. */
    static Watermark now() {
        Thread newest = Executors.defaultThreadFactory().newThread(() -> {});
        return new Watermark(id(newest), pool(newest.getName()));
    }

    /** Whether this thread was made later. */
    boolean isBefore(Thread thread) {
        return id(thread) > threadId;
    }

    /** The number of this thread. */
    @SuppressWarnings("deprecation") // threadId() is there only from JDK 19 on
    static long id(Thread thread) {
        return thread.getId();
    }

    /** Whether this thread belongs to a pool with a default name that was made later. */
    boolean isBeforePoolOf(Thread thread) {
        return pool(thread.getName()) > pool;
    }

    /** Whether this thread belongs to some pool with a default name. */
    static boolean hasPool(Thread thread) {
        return pool(thread.getName()) >= 0;
    }

    private static long pool(String name) {
        Matcher matcher = POOL.matcher(name);
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : -1;
    }
}
