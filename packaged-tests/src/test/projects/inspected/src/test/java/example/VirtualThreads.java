package example;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Virtual threads for code that is compiled for Java 17. */
final class VirtualThreads {

    private VirtualThreads() {}

    static Thread start(Runnable task) throws ReflectiveOperationException {
        return (Thread)
                Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
    }

    static ExecutorService executor() throws ReflectiveOperationException {
        return (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    }
}
