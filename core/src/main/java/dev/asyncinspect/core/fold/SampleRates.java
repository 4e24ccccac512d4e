package dev.asyncinspect.core.fold;

import dev.asyncinspect.core.event.EventLayout;
import dev.asyncinspect.core.event.TaskIds;
import org.jspecify.annotations.Nullable;

/**
 * One task in so many is followed, and that may change while they are recorded. One thread changes it, any thread asks.
 *
 * <p>A task is judged by its id, by the rate that its id came under, so the answer is the same for its beginning and for its end.
 */
public final class SampleRates {

    /*
     *   rate      1 in 1            1 in 8                     1 in 4
     *   ids    ───────────┼────────────────────────┼───────────────────────►
     *
     * A new rate is for ids that nobody can have asked for yet. Where there are too many rates, the two oldest become one that follows as
     * much as either did: an old task may be told from there on that was not before, and never the other way round. Each rate is a multiple
     * of the one that was configured, times a power of two, so who is followed by the coarser is by the finer, too. */

    private static final int MOST_RATES = 64;

    private final int configured;
    private volatile Rate threads;
    private volatile Rate tasks;

    private record Rate(long from, int oneIn, @Nullable Rate before, int number) {

        static Rate all(int oneIn) {
            return new Rate(0, oneIn, null, 1);
        }

        boolean follows(long id) {
            Rate at = this;
            for (Rate older = before; older != null && id < at.from; older = at.before) {
                at = older;
            }
            return TaskIds.isOneIn(at.oneIn, id);
        }

        Rate then(long id, int next) {
            Rate old = number < MOST_RATES ? this : withoutOldest();
            return new Rate(Math.max(id, from), next, old, old.number + 1);
        }

        private Rate withoutOldest() {
            if (before == null) {
                return this;
            }
            if (before.before == null) {
                return all(Math.min(oneIn, before.oneIn));
            }
            Rate fewer = before.withoutOldest();
            return new Rate(from, oneIn, fewer, fewer.number + 1);
        }
    }

    /**
     * A rate for all.
     *
     * @param oneIn how many tasks there are for one that is followed, 1 for all
     */
    public SampleRates(int oneIn) {
        configured = oneIn;
        threads = Rate.all(oneIn);
        tasks = threads;
    }

    /** Whether the task that has this id, or the thread, is followed. */
    public boolean follows(long id) {
        return (id < EventLayout.FIRST_TASK_ID ? threads : tasks).follows(id);
    }

    /**
     * Follows one in so many from these ids on, which must be greater than all that have been asked for.
     *
     * @param oneIn a power of two times {@link #configured}
     */
    public void change(int oneIn, long fromThread, long fromTask) {
        threads = threads.then(fromThread, oneIn);
        tasks = tasks.then(fromTask, oneIn);
    }

    /** How many new tasks there are for one that is followed. */
    public int oneIn() {
        return tasks.oneIn();
    }

    /** How many there were at first. */
    public int configured() {
        return configured;
    }

    /** Whether somebody is left out, or was. */
    public boolean leavesOut() {
        return configured > 1 || tasks.before() != null;
    }
}
