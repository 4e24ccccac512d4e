package dev.asyncinspect.sources.heap;

import java.util.List;

/**
 * What a thread needs to go on.
 *
 * @param thread the thread that waits
 * @param objectId what it waits for
 * @param ownerId the {@code Thread} that alone can let it go on; 0 if whoever reaches one of the keys can
 * @param keys whoever reaches one of these can let it go on: what it waits for itself, or what was taken from it
 */
public record Awaited(HeapThread thread, long objectId, long ownerId, List<Long> keys) {

    public Awaited {
        keys = List.copyOf(keys);
    }

    /** A wait for something that whoever reaches it, or its owner alone, can give. */
    public Awaited(HeapThread thread, long objectId, long ownerId) {
        this(thread, objectId, ownerId, List.of(objectId));
    }

    /** A wait for a pool: what was taken from it must be given back, which its taker can do who waits as well. */
    boolean isForPool() {
        return !keys.contains(objectId);
    }
}
