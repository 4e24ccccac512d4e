package dev.asyncinspect.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pool and who works there.
 *
 * @param className binary name of its class
 * @param threadFactory binary name of the class that makes its threads; null if it is not known
 * @param workers ids of the tasks that are its workers
 */
public record WorkPool(String className, @Nullable String threadFactory, List<Long> workers) {

    public WorkPool {
        workers = List.copyOf(workers);
    }
}
