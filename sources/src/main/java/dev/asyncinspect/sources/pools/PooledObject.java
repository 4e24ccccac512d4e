package dev.asyncinspect.sources.pools;

import java.util.List;

/**
 * Something that was taken from a pool.
 *
 * @param entryId what stands for it in the books of the pool
 * @param handles the objects with any of which it can be given back; none if they are gone
 * @param sinceMillis when it was taken, as milliseconds since the epoch; {@link #UNTOLD} if the pool does not keep that
 * @param sinceNanos when it was taken, by the clock of {@code System.nanoTime}; {@link #UNTOLD} if the pool does not keep that
 */
public record PooledObject(long entryId, List<Long> handles, long sinceMillis, long sinceNanos) {

    /** Stands for a time that the pool does not keep. */
    public static final long UNTOLD = -1;

    public PooledObject {
        handles = List.copyOf(handles);
    }

    static PooledObject of(long handle) {
        return new PooledObject(handle, List.of(handle), UNTOLD, UNTOLD);
    }
}
