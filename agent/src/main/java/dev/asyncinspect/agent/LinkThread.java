package dev.asyncinspect.agent;

/** Makes the one thread that the agent has in the observed JVM, tied to nothing of the program. */
final class LinkThread {

    static final String NAME = "async-inspect-link";

    private LinkThread() {}

    /**
     * Starts a daemon in the system group, without context class loader and inherited thread locals. All the work is done
     * there, also the first: the thread that calls us answers all attach requests of this JVM and must never hang, which
     * opening a socket can do if the program hangs inside a class initialiser of the JDK.
     */
    static void start(Runnable work) {
        Thread thread = new Thread(systemGroup(), work, NAME, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        thread.setUncaughtExceptionHandler((ended, error) -> {
            // The default handler may be the program's, or would print.
        });
        thread.start();
    }

    /** The topmost group, where the JVM has its own threads. */
    static ThreadGroup systemGroup() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group.getParent() != null) {
            group = group.getParent();
        }
        return group;
    }
}
