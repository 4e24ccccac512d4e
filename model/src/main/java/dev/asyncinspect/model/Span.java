package dev.asyncinspect.model;

import dev.asyncinspect.core.event.EventCodes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From when to when events are, how many, and how many are missing. Begins with the first event, ends at a given length. */
final class Span {

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final long mostNanos;
    private long firstNanos;
    private long lastNanos;
    private boolean begun;
    private long events;
    private long dropped;
    private boolean leavesTasksOut;
    private long leftOut;
    private boolean leavesAwaitsOut;
    private @Nullable Instant beganAt;

    Span(long mostNanos) {
        this.mostNanos = mostNanos;
    }

    /** Whether this event lies behind the end; else it is counted. */
    boolean isPast(long nanos) {
        if (!begun) {
            begun = true;
            firstNanos = nanos;
            lastNanos = nanos;
        }
        if (offset(nanos) > mostNanos) {
            lastNanos = firstNanos + mostNanos;
            return true;
        }
        events++;
        lastNanos = Math.max(lastNanos, nanos);
        return false;
    }

    /** Events are missing, for a reason of {@link EventCodes}. */
    void dropped(int why, long missing) {
        switch (why) {
            case EventCodes.NOT_FOLLOWED -> {
                leavesTasksOut = true;
                leftOut += missing;
            }
            case EventCodes.AWAITS_UNTOLD -> leavesAwaitsOut = true;
            default -> dropped += missing;
        }
    }

    /** Whether tasks are left out, so that what is told of others need not be all that matters. */
    boolean leavesTasksOut() {
        return leavesTasksOut;
    }

    /** The time of day at this moment; the first one counts. */
    void clock(long nanos, long epochNanos) {
        if (beganAt == null) {
            long began = epochNanos - offset(nanos);
            beganAt = Instant.ofEpochSecond(
                    Math.floorDiv(began, NANOS_PER_SECOND), Math.floorMod(began, NANOS_PER_SECOND));
        }
    }

    boolean isEmpty() {
        return !begun;
    }

    long firstNanos() {
        return firstNanos;
    }

    long lastNanos() {
        return lastNanos;
    }

    /** Time since the first event. */
    long offset(long nanos) {
        return nanos - firstNanos;
    }

    long length() {
        return lastNanos - firstNanos;
    }

    long events() {
        return events;
    }

    @Nullable
    Instant beganAt() {
        return beganAt;
    }

    /**
     * What is missing.
     *
     * @param tasks how many there are
     * @param missed how many of them were there before
     * @param gaps what else is known to be missing
     * @param truncated whether the source ended in the middle
     */
    Completeness completeness(int tasks, long missed, List<Gap> gaps, boolean truncated) {
        List<Gap> all = new ArrayList<>(gaps);
        if (dropped > 0) {
            all.add(Gap.of(
                    dropped, "event", " that the recorder had to drop", "they came faster than they were taken"));
        }
        if (leavesTasksOut) {
            all.add(Gap.notFollowed(leftOut));
        }
        if (leavesAwaitsOut) {
            all.add(Gap.awaitsUntold());
        }
        if (missed > 0) {
            String were = missed == 1 ? " that was" : " that were";
            all.add(Gap.of(missed, "task", were + " there before the recording began", ""));
        }
        return new Completeness(tasks, ThreadAttributes.NONE, all, truncated, dropped);
    }
}
