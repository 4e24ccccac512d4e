package dev.asyncinspect.weaving;

import org.jspecify.annotations.Nullable;

/** Does two things at once: the program that we are started with waits for both. */
final class Beside {

    /*
     * The thread is one of the JVM's own, as hooks see it: topmost group, no context class loader, nothing inherited. The caller waits for it
     * whatever comes, so nobody ever sees it after the call.
     */

    private Beside() {}

    /**
     * Returns when both are done.
     *
     * @param name of the thread that does the first
     * @param one done by a thread of its own; if it throws, so does this, when the other is done
     * @param other done by the current thread; what it throws goes before
     */
    static void run(String name, Runnable one, Runnable other) {
        Work work = new Work(one);
        Thread thread = new Thread(topGroup(), work, name, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        thread.start();
        try {
            other.run();
        } finally {
            await(thread);
        }
        Throwable thrown = work.thrown;
        if (thrown instanceof RuntimeException problem) {
            throw problem;
        }
        if (thrown instanceof Error problem) {
            throw problem;
        }
    }

    private static void await(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static ThreadGroup topGroup() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group.getParent() != null) {
            group = group.getParent();
        }
        return group;
    }

    private static final class Work implements Runnable {

        private final Runnable work;

        /** Written by the thread, read after it was joined. */
        private @Nullable Throwable thrown;

        Work(Runnable work) {
            this.work = work;
        }

        @Override
        public void run() {
            try {
                work.run();
            } catch (Throwable e) {
                thrown = e;
            }
        }
    }
}
