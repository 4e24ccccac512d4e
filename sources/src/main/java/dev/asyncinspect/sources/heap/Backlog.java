package dev.asyncinspect.sources.heap;

import java.util.Set;

/**
 * Where work lies that nobody has begun, such as the queue of a pool.
 *
 * @param container the object that leads to the work
 * @param takers thread objects of those who alone take work out of it
 */
public record Backlog(long container, Set<Long> takers) {

    public Backlog {
        takers = Set.copyOf(takers);
    }
}
