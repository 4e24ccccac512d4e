package dev.asyncinspect.sources.heap;

/**
 * What a thread needs to go on.
 *
 * @param thread the thread that waits
 * @param objectId what it waits for
 * @param ownerId the {@code Thread} that alone can let it go on; 0 if whoever reaches the object can
 */
public record Awaited(HeapThread thread, long objectId, long ownerId) {}
