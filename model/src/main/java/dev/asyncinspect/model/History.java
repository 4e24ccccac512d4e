package dev.asyncinspect.model;

import java.util.List;

/**
 * Snapshots of one JVM, oldest first: what stands unchanged in all of them has not moved.
 *
 * @param snapshots at least one
 */
public record History(List<Snapshot> snapshots) {

    public History {
        snapshots = List.copyOf(snapshots);
        if (snapshots.isEmpty()) {
            throw new IllegalArgumentException("a history needs at least one snapshot");
        }
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
