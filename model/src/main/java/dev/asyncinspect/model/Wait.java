package dev.asyncinspect.model;

/**
 * A task waits for a resource.
 *
 * @param resourceId the {@link Resource#id} it waits for
 * @param site where in the program
 * @param mode how it wants the resource
 * @param bound whether the wait ends by itself
 */
public record Wait(long resourceId, AwaitSite site, AccessMode mode, Bound bound) {}
