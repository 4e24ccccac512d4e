package dev.asyncinspect.model;

import java.util.ArrayList;
import java.util.List;

/**
 * What a snapshot saw and what it did not: part of the answer, not a log line.
 *
 * @param threadsSeen threads that became tasks
 * @param threadsTotal threads that the source says there are, {@link ThreadAttributes#NONE} if it does not say
 * @param gaps what could not be seen, most important first
 * @param truncated whether the source ended in the middle, or a part of it could not be read
 * @param droppedEvents events that the recorder had to drop
 */
public record Completeness(int threadsSeen, long threadsTotal, List<Gap> gaps, boolean truncated, long droppedEvents) {

    public Completeness {
        gaps = List.copyOf(gaps);
    }

    /** The same, of something of which moreover a part could not be read. */
    public Completeness lacking(List<Gap> more) {
        List<Gap> all = new ArrayList<>(more);
        all.addAll(gaps);
        return new Completeness(threadsSeen, threadsTotal, all, true, droppedEvents);
    }
}
