package dev.asyncinspect.model;

/**
 * A task waits for a resource.
 *
 * @param resourceId the {@link Resource#id} it waits for
 * @param site where in the program
 * @param mode how it wants the resource
 * @param bound whether the wait ends by itself
 * @param episode number of this one act of waiting: the same in two snapshots of a JVM only if the task did not move in
 *     between; {@link #NO_EPISODE} if the source does not tell
 * @param waitedNanos for how long it has waited
 */
public record Wait(
        long resourceId, AwaitSite site, AccessMode mode, Bound bound, long episode, Fact<Long> waitedNanos) {

    /** Stands for an act of waiting that the source does not tell from another. */
    public static final long NO_EPISODE = 0;

    /** What a source says that was not there when the wait began. */
    public static final Fact<Long> SINCE_UNKNOWN = Fact.unknown("the source does not tell when it began");

    /** A wait of which the source does not tell when it began. */
    public Wait(long resourceId, AwaitSite site, AccessMode mode, Bound bound, long episode) {
        this(resourceId, site, mode, bound, episode, SINCE_UNKNOWN);
    }

    /** A wait whose source does not tell one act of waiting from another. */
    public Wait(long resourceId, AwaitSite site, AccessMode mode, Bound bound) {
        this(resourceId, site, mode, bound, NO_EPISODE);
    }

    /** Whether this and an earlier wait of the same task are known to be two acts of waiting. */
    public boolean isAnotherThan(Wait earlier) {
        return episode != NO_EPISODE && earlier.episode != NO_EPISODE && episode != earlier.episode;
    }
}
