package dev.asyncinspect.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pool, a timer or an event loop, and who works there.
 *
 * @param className binary name of its class
 * @param threadFactory binary name of the class that makes its threads; null if it is not known
 * @param workers ids of the tasks that are its workers
 * @param queued how many pieces of work lie in its queue that nobody has begun; null if it is not known
 * @param next the method that the first of them runs, or its class; null if there is none or it is not known
 * @param signals ids of resources that its queued work refers to, so that running it may let those go on who wait for them;
 *     only those of which nothing says that nobody else can
 */
public record WorkPool(
        String className,
        @Nullable String threadFactory,
        List<Long> workers,
        @Nullable Long queued,
        @Nullable String next,
        List<Long> signals) {

    public WorkPool {
        workers = List.copyOf(workers);
        signals = List.copyOf(signals);
    }

    /** A pool of whose queue nothing is known. */
    public WorkPool(String className, @Nullable String threadFactory, List<Long> workers) {
        this(className, threadFactory, workers, null, null, List.of());
    }

    /** The same pool, whose queued work may signal these resources. */
    public WorkPool withSignals(List<Long> resourceIds) {
        return new WorkPool(className, threadFactory, workers, queued, next, resourceIds);
    }
}
