package dev.asyncinspect.core.sync;

import dev.asyncinspect.core.fold.DurationHistogram;

/** How long was waited for one resource. Waits are long compared to a lock that is held for some nanoseconds. */
final class Usage {

    private final DurationHistogram waits = new DurationHistogram();

    synchronized void waited(long nanos) {
        waits.add(nanos);
    }

    synchronized LockMetrics metrics(long acquisitions) {
        return new LockMetrics(
                acquisitions,
                waits.count(),
                waits.totalNanos(),
                waits.maxNanos(),
                waits.meanNanos(),
                waits.percentileNanos(0.99));
    }
}
