package dev.asyncinspect.core.fold;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one lock, semaphore, channel or the like.
 *
 * @param id its number
 * @param kind what it is, a code of {@link dev.asyncinspect.core.event.EventCodes}
 * @param name its name, null if it has none
 * @param capacity permits or places, 0 if it has no such number
 * @param acquisitions how often it was taken
 * @param holders who holds it
 * @param exact true if the holders are all, and none of them may have given it back unseen
 */
public record ResourceInfo(
        long id,
        int kind,
        @Nullable String name,
        int capacity,
        long acquisitions,
        List<Holder> holders,
        boolean exact) {

    /**
     * A task that holds it.
     *
     * @param taskId the task
     * @param mode how, a code of {@link dev.asyncinspect.core.event.EventCodes}
     * @param permits how many permits, or how often
     * @param site where it took it, null if unknown
     * @param sinceNanos since when
     */
    public record Holder(
            long taskId, int mode, int permits, @Nullable String site, long sinceNanos) {}
}
