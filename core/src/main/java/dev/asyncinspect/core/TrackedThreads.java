package dev.asyncinspect.core;

import dev.asyncinspect.core.event.EventCodes;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** Threads that are tasks, from a factory of the program. */
final class TrackedThreads {

    private final String name;

    TrackedThreads(String name) {
        this.name = name;
    }

    /** A thread of this factory for this work; null if the factory makes none. */
    @Nullable
    Thread of(ThreadFactory factory, Runnable work) {
        Work tracked = new Work(work);
        Thread thread = factory.newThread(tracked);
        if (thread != null) {
            boolean virtual = VirtualThreads.isVirtual(thread);
            tracked.taskId =
                    Tracking.thread(thread, virtual ? EventCodes.VIRTUAL_THREAD : EventCodes.PLATFORM_THREAD, name);
        }
        return thread;
    }

    /** The id is there before the thread is started, which orders it before the run. */
    private static final class Work implements Runnable {
        private final Runnable work;
        private long taskId;

        Work(Runnable work) {
            this.work = work;
        }

        @Override
        public void run() {
            new TrackedRunnable(work, taskId, false).run();
        }
    }
}
