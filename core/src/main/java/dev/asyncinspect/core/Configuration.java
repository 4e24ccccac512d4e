package dev.asyncinspect.core;

import dev.asyncinspect.core.fold.FoldLimits;

/**
 * How much is recorded. Make one with {@link #of(Mode)}, change it with the methods that begin with {@code with}.
 *
 * @param enabled true if recording begins as soon as the inspector is there
 * @param mode where the settings come from
 * @param sampleOneIn how many tasks there are for one that is followed, 1 for all
 * @param maxLiveTasks how many tasks are followed at a time; more are counted only
 * @param maxEndedTasks how many tasks that are over are remembered
 * @param maxEventBytes memory for the last events
 * @param trackAwaits false if acts of waiting are not told
 * @param creationSites true if each task has the line that created it, which costs some microseconds
 * @param overheadBudget part of the time of one processor that recording may take: with more, fewer tasks are followed; 0 for no budget
 */
public record Configuration(
        boolean enabled,
        Mode mode,
        int sampleOneIn,
        int maxLiveTasks,
        int maxEndedTasks,
        long maxEventBytes,
        boolean trackAwaits,
        boolean creationSites,
        double overheadBudget) {

    private static final int MEGABYTE = 1 << 20;
    private static final int SAMPLE_IN_PRODUCTION = 10;
    private static final double BUDGET_IN_PRODUCTION = 0.01;

    /** Says what is wrong with a value, and what would be right. */
    public Configuration {
        require(sampleOneIn >= 1, "sample must be 1 or more: ", sampleOneIn);
        require(maxLiveTasks >= 1, "max-tasks must be 1 or more: ", maxLiveTasks);
        require(maxEndedTasks >= 0, "max-ended-tasks must be 0 or more: ", maxEndedTasks);
        require(maxEventBytes >= 0, "max-event-bytes must be 0 or more: ", maxEventBytes);
        require(overheadBudget >= 0 && overheadBudget <= 1, "overhead must be between 0 and 1: ", overheadBudget);
    }

    private static void require(boolean right, String message, Object value) {
        if (!right) {
            throw new IllegalArgumentException(message + value);
        }
    }

    /** The settings of a mode, not enabled. {@link Mode#CUSTOM} begins as {@link Mode#DEVELOPMENT} does. */
    public static Configuration of(Mode mode) {
        FoldLimits limits = FoldLimits.DEFAULT;
        int live = limits.liveTasks();
        int ended = limits.endedTasks();
        return switch (mode) {
            case PRODUCTION ->
                new Configuration(
                        false,
                        mode,
                        SAMPLE_IN_PRODUCTION,
                        live,
                        ended,
                        8L * MEGABYTE,
                        true,
                        false,
                        BUDGET_IN_PRODUCTION);
            case DEVELOPMENT, CUSTOM -> new Configuration(false, mode, 1, live, ended, 32L * MEGABYTE, true, false, 0);
            case DEBUG -> new Configuration(false, mode, 1, live, ended, 64L * MEGABYTE, true, true, 0);
        };
    }

    /** With recording on from the beginning, or not. */
    public Configuration withEnabled(boolean on) {
        return new Configuration(
                on,
                mode,
                sampleOneIn,
                maxLiveTasks,
                maxEndedTasks,
                maxEventBytes,
                trackAwaits,
                creationSites,
                overheadBudget);
    }

    /** With one task followed in so many. */
    public Configuration withSampleOneIn(int oneIn) {
        return custom(oneIn, maxLiveTasks, maxEndedTasks, maxEventBytes, trackAwaits, creationSites, overheadBudget);
    }

    /** With so many tasks at a time, and so many remembered. */
    public Configuration withMaxTasks(int live, int ended) {
        return custom(sampleOneIn, live, ended, maxEventBytes, trackAwaits, creationSites, overheadBudget);
    }

    /** With so much memory for the last events. */
    public Configuration withMaxEventBytes(long bytes) {
        return custom(sampleOneIn, maxLiveTasks, maxEndedTasks, bytes, trackAwaits, creationSites, overheadBudget);
    }

    /** With acts of waiting told, or not. */
    public Configuration withTrackAwaits(boolean track) {
        return custom(sampleOneIn, maxLiveTasks, maxEndedTasks, maxEventBytes, track, creationSites, overheadBudget);
    }

    /** With the line that created each task, or not. */
    public Configuration withCreationSites(boolean sites) {
        return custom(sampleOneIn, maxLiveTasks, maxEndedTasks, maxEventBytes, trackAwaits, sites, overheadBudget);
    }

    /** With a budget, as a part of one processor: 0.01 is one percent. */
    public Configuration withOverheadBudget(double part) {
        return custom(sampleOneIn, maxLiveTasks, maxEndedTasks, maxEventBytes, trackAwaits, creationSites, part);
    }

    private Configuration custom(
            int oneIn, int live, int ended, long eventBytes, boolean awaits, boolean sites, double budget) {
        return new Configuration(enabled, Mode.CUSTOM, oneIn, live, ended, eventBytes, awaits, sites, budget);
    }
}
