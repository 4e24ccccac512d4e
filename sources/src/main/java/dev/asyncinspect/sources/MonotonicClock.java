package dev.asyncinspect.sources;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Makes times of day of what {@code System.nanoTime} said in another JVM of this machine: on Linux both read one clock. */
final class MonotonicClock {

    /** Of a JVM that ran who knows where and when. */
    static final MonotonicClock NONE = new MonotonicClock(null, 0);

    private final @Nullable Instant now;
    private final long nanos;

    private MonotonicClock(@Nullable Instant now, long nanos) {
        this.now = now;
        this.nanos = nanos;
    }

    static MonotonicClock ofThisMachine() {
        return new MonotonicClock(Instant.now(), System.nanoTime());
    }

    /** When that was; null if it cannot be told, or lies in the future: then the clock was another one. */
    @Nullable
    Instant instant(long nanoTime) {
        return now == null || nanoTime > nanos ? null : now.minus(Duration.ofNanos(nanos - nanoTime));
    }
}
