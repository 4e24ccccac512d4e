package dev.asyncinspect.junit;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Platform threads that wait for each other in a circle, each told once in the life of the JVM. */
final class Deadlocks {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final Set<Long> TOLD = ConcurrentHashMap.newKeySet();

    private Deadlocks() {}

    /** Those not told before. */
    static List<ThreadInfo> news() {
        List<ThreadInfo> news = new ArrayList<>();
        for (ThreadInfo info : all()) {
            if (!TOLD.contains(info.getThreadId())) {
                news.add(info);
            }
        }
        return news;
    }

    static void told(List<ThreadInfo> deadlock) {
        deadlock.forEach(info -> TOLD.add(info.getThreadId()));
    }

    /** Whether this thread waits for a lock whose owner is in a deadlock, or behind one, or is in one itself. */
    static boolean isIn(long threadId) {
        Set<Long> dead = new HashSet<>();
        all().forEach(info -> dead.add(info.getThreadId()));
        Set<Long> met = new HashSet<>();
        long id = threadId;
        while (!dead.isEmpty() && id >= 0 && met.add(id)) {
            if (dead.contains(id)) {
                return true;
            }
            ThreadInfo info = id == 0 ? null : THREADS.getThreadInfo(id);
            id = info == null ? -1 : info.getLockOwnerId();
        }
        return false;
    }

    private static List<ThreadInfo> all() {
        long[] ids = THREADS.findDeadlockedThreads();
        List<ThreadInfo> infos = new ArrayList<>();
        if (ids != null) {
            for (ThreadInfo info : THREADS.getThreadInfo(ids, Integer.MAX_VALUE)) {
                if (info != null) {
                    infos.add(info);
                }
            }
        }
        return infos;
    }
}
