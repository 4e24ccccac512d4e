package dev.asyncinspect.sources;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Makes sense of what was read, one piece after the other, while more is being read. */
final class Workbench implements AutoCloseable {

    private final ExecutorService worker = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "async-inspect-workbench");
        thread.setDaemon(true);
        return thread;
    });

    <T> Future<T> begin(Callable<T> work) {
        return worker.submit(work);
    }

    /**
     * What came of it.
     *
     * @throws SourceException if the work threw one, or we are interrupted
     */
    static <T> T resultOf(Future<T> work) throws SourceException {
        try {
            return work.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SourceException told) {
                throw told;
            }
            if (e.getCause() instanceof Error error) {
                throw error; // no memory: told by whoever tells it of all commands
            }
            throw new IllegalStateException("what was read cannot be made sense of", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SourceException(SourceException.Reason.UNREACHABLE, "interrupted before all was read", e);
        }
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
