package dev.asyncinspect.analysis;

import dev.asyncinspect.model.CodeSite;
import dev.asyncinspect.model.RecordingTotals;
import dev.asyncinspect.model.SiteTotals;
import dev.asyncinspect.model.TaskState;
import dev.asyncinspect.model.TaskTotals;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Where the time of a recording went.
 *
 * @param states how many tasks stood in each state at its end
 * @param time all that was spent, over all tasks
 * @param sites the same for the tasks of each place, the longest time first; those of unknown origin last
 * @param slowest tasks by their time from creation to end, longest first
 */
public record Profile(Map<TaskState, Long> states, Spent time, List<SiteProfile> sites, List<TaskTotals> slowest) {

    private static final CodeSite NOWHERE = new CodeSite("an unknown place", null);

    /**
     * Time by what was done with it.
     *
     * @param runningNanos on a thread
     * @param scheduledNanos runnable without a thread, created but not begun included
     * @param blockedNanos waiting
     */
    public record Spent(long runningNanos, long scheduledNanos, long blockedNanos) {

        /** All of it. */
        public long nanos() {
            return runningNanos + scheduledNanos + blockedNanos;
        }

        /** The part that was running, 0 to 1. */
        public double efficiency() {
            return nanos() == 0 ? 0 : (double) runningNanos / nanos();
        }
    }

    /**
     * How long something took.
     *
     * @param count how often it happened
     * @param p50 half took this long at most
     * @param p90 nine in ten took this long at most
     * @param p99 all but one in a hundred took this long at most
     * @param max the longest
     */
    public record Quantiles(long count, long p50, long p90, long p99, long max) {

        /** Of these, which are put in order. */
        static Quantiles of(long[] nanos) {
            Arrays.sort(nanos);
            return new Quantiles(
                    nanos.length,
                    Recorded.percentileOfSorted(nanos, 0.5),
                    Recorded.percentileOfSorted(nanos, 0.9),
                    Recorded.percentileOfSorted(nanos, 0.99),
                    Recorded.percentileOfSorted(nanos, 1));
        }
    }

    /**
     * The tasks that one place created.
     *
     * @param site the place
     * @param tasks how many
     * @param time what they spent
     * @param polls how long they ran at a stretch
     * @param delays how long they were runnable before they ran
     * @param blocked how long they waited at a stretch
     */
    public record SiteProfile(
            CodeSite site, long tasks, Spent time, Quantiles polls, Quantiles delays, Quantiles blocked) {}

    /** The profile of a recording in numbers; how long stretches of time were only if they were asked for. */
    public static Profile of(RecordingTotals totals) {
        List<SiteProfile> sites = totals.sites().stream()
                .map(Profile::site)
                .sorted(Comparator.<SiteProfile>comparingInt(one -> one.site.equals(NOWHERE) ? 1 : 0)
                        .thenComparingLong(one -> -one.time.nanos())
                        .thenComparing(one -> one.site.text()))
                .toList();
        long running =
                totals.sites().stream().mapToLong(SiteTotals::runningNanos).sum();
        long scheduled =
                totals.sites().stream().mapToLong(SiteTotals::scheduledNanos).sum();
        long blocked =
                totals.sites().stream().mapToLong(SiteTotals::blockedNanos).sum();
        return new Profile(totals.states(), new Spent(running, scheduled, blocked), sites, totals.slowest());
    }

    private static SiteProfile site(SiteTotals site) {
        CodeSite place = site.site();
        return new SiteProfile(
                place == null ? NOWHERE : place,
                site.tasks(),
                new Spent(site.runningNanos(), site.scheduledNanos(), site.blockedNanos()),
                Quantiles.of(site.polls()),
                Quantiles.of(site.delays()),
                Quantiles.of(site.blocked()));
    }
}
