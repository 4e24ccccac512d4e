package dev.asyncinspect.core;

import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** Threads for tasks that are spawned: virtual ones from JDK 21 on, daemons before. */
final class VirtualThreads {

    private static final @Nullable ThreadFactory FACTORY = find();

    private VirtualThreads() {}

    /** True if threads are virtual. */
    static boolean exist() {
        return FACTORY != null;
    }

    /** Asked by class, since the method is not there on 17. */
    static boolean isVirtual(Thread thread) {
        return thread.getClass().getName().startsWith("java.lang.") && thread.getClass() != Thread.class;
    }

    /** A thread that was not started. */
    static Thread unstarted(String name, Runnable work) {
        Thread thread = FACTORY == null ? new Thread(work) : FACTORY.newThread(work);
        thread.setName(name);
        if (FACTORY == null) {
            thread.setDaemon(true);
        }
        return thread;
    }

    /** {@code Thread.ofVirtual().factory()}, which is not there on 17, and is a preview on 19 and 20. */
    private static @Nullable ThreadFactory find() {
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            Class<?> type = Class.forName("java.lang.Thread$Builder");
            return (ThreadFactory) type.getMethod("factory").invoke(builder);
        } catch (ReflectiveOperationException | UnsupportedOperationException e) {
            return null; // platform threads do as well
        }
    }
}
