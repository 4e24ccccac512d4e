package dev.asyncinspect.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was recorded of a resource.
 *
 * @param id its number in the recording
 * @param kind what sort of thing it is
 * @param name what it is called, null if it has no name
 * @param capacity permits or places that it had last, 0 if it has no such number or nobody said
 * @param sizes the capacities that it had from when on, oldest first; empty if it never had another
 * @param holdings who held it, oldest first
 * @param exact whether all holders are known; false if one gave back what another took, or an event is missing that may have been a release
 * @param signallers who signalled it or gave back something of it, the last one last; of very many the last
 * @param signals how often that was done, also by those who are not among the signallers
 */
public record ResourceHistory(
        long id,
        ResourceKind kind,
        @Nullable String name,
        int capacity,
        List<Size> sizes,
        List<Holding> holdings,
        boolean exact,
        List<Signaller> signallers,
        long signals) {

    /**
     * A capacity.
     *
     * @param fromNanos since when, from the beginning of the recording
     * @param capacity how much
     */
    public record Size(long fromNanos, int capacity) {}

    public ResourceHistory {
        sizes = List.copyOf(sizes);
        holdings = List.copyOf(holdings);
        signallers = List.copyOf(signallers);
    }

    /** Its capacity at this moment, 0 if nobody had said one by then. */
    public int capacityAt(long moment) {
        if (sizes.isEmpty()) {
            return capacity;
        }
        int then = 0;
        for (Size size : sizes) {
            then = size.fromNanos() <= moment ? size.capacity() : then;
        }
        return then;
    }

    /** Whether all who signalled it are among the signallers. */
    public boolean hasAllSignallers() {
        return signallers.stream().mapToLong(Signaller::times).sum() == signals;
    }

    /** Who held it at this moment. */
    public List<Holding> heldAt(long moment) {
        return holdings.stream().filter(holding -> holding.goesOnAt(moment)).toList();
    }
}
