package dev.asyncinspect.model;

import dev.asyncinspect.core.TaskInfo;
import dev.asyncinspect.core.fold.TaskFold;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** The tallies of the tasks that live; those of the others are summed up. */
final class Tallies {

    /*
     * A recording of an hour has millions of tasks, and hardly more than some thousands at any moment: what is over is added to its place at
     * once. The fold knows for a while that it is over, so that an event that comes late does not make a new task of it.
     */

    private static final int SLOWEST = 10;
    private static final Comparator<TaskTotals> LONGEST =
            Comparator.comparingLong(TaskTotals::lifeNanos).reversed().thenComparingLong(TaskTotals::id);

    private final TaskFold fold;
    private final boolean detailed;
    private final Map<Long, Tally> living = new LinkedHashMap<>();
    private final Map<@Nullable String, SiteTotals> sites = new HashMap<>();
    /** The one that is to go first on top. */
    private final PriorityQueue<TaskTotals> slowest = new PriorityQueue<>(LONGEST.reversed());

    private long base;
    private int tasks;
    private long missed;

    Tallies(TaskFold fold, boolean detailed) {
        this.fold = fold;
        this.detailed = detailed;
    }

    void beginAt(long nanos) {
        base = nanos;
    }

    /** Takes in what the fold says of this task now. */
    void look(long taskId, long nanos) {
        TaskInfo info = fold.task(taskId, nanos);
        Tally tally = living.get(taskId);
        if (info == null) {
            if (tally != null) {
                tally.states().lost(nanos - base);
            }
            return;
        }
        if (tally == null) {
            if (info.state().isOver()) {
                return; // it is counted
            }
            tally = new Tally(info, base, detailed);
            living.put(taskId, tally);
        }
        tally.states().look(info, base);
        if (tally.states().isOver()) {
            living.remove(taskId);
            count(tally, Await.STILL);
        }
    }

    /** The same for this task and, if it is a thread, for those that it runs: its polls are theirs. */
    void lookWithThoseOn(long taskId, long nanos) {
        look(taskId, nanos);
        fold.forEachOn(taskId, inner -> look(inner, nanos));
    }

    private void count(Tally tally, long end) {
        tally.close(end);
        tasks++;
        missed += tally.states().isMissed() ? 1 : 0;
        String site = tally.states().info().site();
        tally.addTo(
                sites.computeIfAbsent(site, text -> new SiteTotals(text == null ? null : CodeSite.of(text), detailed)));
        if (slowest.size() < SLOWEST
                || tally.lifeNanos(end) >= slowest.element().lifeNanos()) {
            slowest.add(tally.totals(end));
            if (slowest.size() > SLOWEST) {
                slowest.remove();
            }
        }
    }

    /** The rest is counted as it stands. */
    void close(long nowNanos, long length) {
        for (Iterator<Map.Entry<Long, Tally>> left = living.entrySet().iterator(); left.hasNext(); ) {
            Map.Entry<Long, Tally> next = left.next();
            TaskInfo info = fold.task(next.getKey(), nowNanos);
            if (info != null) {
                next.getValue().states().look(info, base);
            }
            count(next.getValue(), length);
            left.remove();
        }
    }

    int tasks() {
        return tasks;
    }

    /** How many tasks were there before the recording began. */
    long missed() {
        return missed;
    }

    List<SiteTotals> sites() {
        return List.copyOf(sites.values());
    }

    List<TaskTotals> slowest() {
        List<TaskTotals> all = new ArrayList<>(slowest);
        all.sort(LONGEST);
        return all;
    }
}
