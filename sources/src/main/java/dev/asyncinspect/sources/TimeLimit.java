package dev.asyncinspect.sources;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Does something that cannot be interrupted on a thread that is left behind if it takes too long. */
final class TimeLimit {

    private TimeLimit() {}

    /**
     * What the work returns, within the time.
     *
     * @throws TimeoutException if it takes longer
     * @throws ExecutionException if it throws
     */
    static <T> T call(Callable<T> work, Duration limit)
            throws TimeoutException, ExecutionException, InterruptedException {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, "async-inspect-attach");
        thread.setDaemon(true); // a JVM that never answers must not keep us
        thread.start();
        return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    }
}
