package dev.asyncinspect.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that was taken from a pool and not given back.
 *
 * @param holders who can give it back; an empty list that is observed means that nobody has it any more; unknown if something
 *     that is no task has it, or may have it
 * @param since when it was taken, null if the pool does not keep that
 */
public record Lease(Fact<List<Hold>> holders, @Nullable Instant since) {

    public Lease {
        holders = holders.map(List::copyOf);
    }

    /** Whether nobody is left who has it. */
    public boolean isLost() {
        List<Hold> known = holders.orNull();
        return known != null && known.isEmpty();
    }
}
