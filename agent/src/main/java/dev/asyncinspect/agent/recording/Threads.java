package dev.asyncinspect.agent.recording;

import java.util.Arrays;
import java.util.List;

/** Lists platform threads without stopping them. */
final class Threads {

    private static final int ROOM_FOR_NEW_ONES = 32;

    private Threads() {}

    static List<Thread> platformThreads() {
        ThreadGroup group = topGroup();
        Thread[] threads = new Thread[group.activeCount() + ROOM_FOR_NEW_ONES];
        int count = group.enumerate(threads, true);
        return Arrays.asList(threads).subList(0, count);
    }

    /** The group of the JVM's own threads, all others below it. */
    static ThreadGroup topGroup() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group.getParent() != null) {
            group = group.getParent();
        }
        return group;
    }
}
