package dev.asyncinspect.core.recorder;

/** The recorder's own thread. */
final class PumpThread {

    private PumpThread() {}

    /** A daemon, where the JVM has its own threads: it is none of the program's, and no hook tells of it. Not started. */
    static Thread of(Runnable passes) {
        Thread thread = new Thread(topGroup(), passes, "async-inspect-recorder", 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        return thread;
    }

    private static ThreadGroup topGroup() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group.getParent() != null) {
            group = group.getParent();
        }
        return group;
    }
}
