package dev.asyncinspect.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was recorded of one task, from its creation to its end. Moments are nanoseconds from the beginning of the recording.
 *
 * @param id as in {@link Task#id}
 * @param name its name, empty if it has none
 * @param kind what sort of work
 * @param parentId task that created it
 * @param createdAt where it was created
 * @param segments its states one after another without gaps, the last one the state it is in; of a task that is over the last
 *     one is empty and stands at its end
 * @param awaits its acts of waiting, oldest first
 * @param wakes when it became runnable
 * @param points the points it came by
 * @param links how it has to do with others
 * @param failure class and message of what it threw, null unless it failed
 * @param complete whether nothing of its life is known to be missing
 */
public record TaskHistory(
        long id,
        String name,
        TaskKind kind,
        Fact<Long> parentId,
        Fact<CodeSite> createdAt,
        List<Segment> segments,
        List<Await> awaits,
        List<Wake> wakes,
        List<Point> points,
        List<TaskLink> links,
        @Nullable String failure,
        boolean complete) {

    public TaskHistory {
        segments = List.copyOf(segments);
        awaits = List.copyOf(awaits);
        wakes = List.copyOf(wakes);
        points = List.copyOf(points);
        links = List.copyOf(links);
        if (segments.isEmpty()) {
            throw new IllegalArgumentException("task #" + id + " was never in any state");
        }
    }

    /** When it was created or first seen. */
    public long bornNanos() {
        return segments.get(0).fromNanos();
    }

    /** When it ended; {@link Await#STILL} if it had not when the recording did. */
    public long endedNanos() {
        return state().isOver() ? last().fromNanos() : Await.STILL;
    }

    /** Where it stood when the recording ended. */
    public TaskState state() {
        return last().state();
    }

    /** The segment it was in at this moment, null if it was not yet there. */
    public @Nullable Segment at(long moment) {
        Segment found = null;
        int low = 0;
        int high = segments.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (segments.get(middle).fromNanos() <= moment) {
                found = segments.get(middle);
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return found;
    }

    /** The last time that it ran, null if it never did. */
    public @Nullable Segment lastRun() {
        for (int i = segments.size() - 1; i >= 0; i--) {
            if (segments.get(i).state() == TaskState.RUNNING) {
                return segments.get(i);
            }
        }
        return null;
    }

    /** Whether it was there and not over at this moment. */
    public boolean livesAt(long moment) {
        return bornNanos() <= moment && moment < endedNanos();
    }

    /** Time that it spent in this state until a moment. */
    public long nanosIn(TaskState state, long until) {
        long sum = 0;
        for (Segment segment : segments) {
            sum += segment.state() == state ? segment.nanosUntil(until) : 0;
        }
        return sum;
    }

    /** How often it began to run until a moment. */
    public long polls(long until) {
        return segments.stream()
                .filter(segment -> segment.state() == TaskState.RUNNING && segment.fromNanos() <= until)
                .count();
    }

    /** Its last act of waiting that goes on at this moment, null if it does not wait. */
    public @Nullable Await awaitAt(long moment) {
        for (int i = awaits.size() - 1; i >= 0; i--) {
            if (awaits.get(i).goesOnAt(moment)) {
                return awaits.get(i);
            }
        }
        return null;
    }

    /** What a person calls it: {@code Task #12 'transfer-1' (virtual)}. */
    public String label() {
        return Task.label(id, name, kind);
    }

    /** The same with other states. */
    TaskHistory with(List<Segment> states) {
        return new TaskHistory(
                id, name, kind, parentId, createdAt, states, awaits, wakes, points, links, failure, complete);
    }

    private Segment last() {
        return segments.get(segments.size() - 1);
    }
}
