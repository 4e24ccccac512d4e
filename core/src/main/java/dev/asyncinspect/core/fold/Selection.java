package dev.asyncinspect.core.fold;

/**
 * What is told of what is recorded.
 *
 * @param oneIn how many tasks there are for one that is followed, 1 for all
 * @param mostTasks how many are followed at a time
 * @param awaits whether it is told at what tasks wait
 */
public record Selection(int oneIn, int mostTasks, boolean awaits) {

    /** No limit on tasks. */
    public static final int ANY_NUMBER = Integer.MAX_VALUE;

    /** Everything. */
    public static final Selection ALL = new Selection(1, ANY_NUMBER, true);

    public Selection {
        if (oneIn < 1 || mostTasks < 1) {
            throw new IllegalArgumentException("one task in 1 or more, and 1 at a time or more: one in " + oneIn + ", "
                    + mostTasks + " at a time");
        }
    }

    /** Whether nothing is left out. */
    public boolean isAll() {
        return followsAll() && awaits;
    }

    /** Whether no task is left out. */
    public boolean followsAll() {
        return oneIn == 1 && mostTasks == ANY_NUMBER;
    }
}
