package dev.asyncinspect.model;

/**
 * A task holds a resource, or is the one that must complete, signal or run it.
 *
 * @param taskId the {@link Task#id} of the holder
 * @param mode how it holds the resource
 * @param site the line that acquired it, where known
 */
public record Hold(long taskId, AccessMode mode, Fact<Frame> site) {}
