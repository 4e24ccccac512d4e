package dev.asyncinspect.core.fold;

/**
 * How much a fold keeps.
 *
 * @param liveTasks tasks that are not over; more are not followed, and counted
 * @param endedTasks tasks that are over; the oldest are forgotten, and counted
 * @param resources locks, channels and the like; more are not followed
 */
public record FoldLimits(int liveTasks, int endedTasks, int resources) {

    /** A million live tasks, ten thousand that are over. */
    public static final FoldLimits DEFAULT = new FoldLimits(1_000_000, 10_000, 100_000);

    /** Limits may be 0, not negative. */
    public FoldLimits {
        if (liveTasks < 0 || endedTasks < 0 || resources < 0) {
            throw new IllegalArgumentException("limits must not be negative: %d live tasks, %d ended ones, %d resources"
                    .formatted(liveTasks, endedTasks, resources));
        }
    }
}
