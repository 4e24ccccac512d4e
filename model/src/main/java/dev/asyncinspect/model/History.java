package dev.asyncinspect.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots of one JVM, oldest first: what stands unchanged in all of them has not moved.
 *
 * @param snapshots at least one
 * @param recording what happened up to the newest of them; null if nothing was recorded
 */
public record History(List<Snapshot> snapshots, @Nullable Recording recording) {

    public History {
        snapshots = List.copyOf(snapshots);
        if (snapshots.isEmpty()) {
            throw new IllegalArgumentException("a history needs at least one snapshot");
        }
    }

    /** Snapshots of a JVM that nobody recorded. */
    public History(List<Snapshot> snapshots) {
        this(snapshots, null);
    }

    /** A recording, and what it looked like at its end. */
    public static History of(Recording recording) {
        return new History(List.of(recording.end()), recording);
    }

    /** A history of one moment. */
    public static History of(Snapshot... snapshots) {
        return new History(List.of(snapshots));
    }

    /** The newest snapshot: the one that answers speak of. */
    public Snapshot latest() {
        return snapshots.get(snapshots.size() - 1);
    }
}
