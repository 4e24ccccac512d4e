package dev.asyncinspect.analysis;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** Which stuck tasks merely wait behind which deadlock. */
final class Victims {

    private static final int UNSEEN = -1;

    private final int[] deadlockOf;
    private final int[] work;
    private final int[] counts;
    private int found;

    private Victims(int tasks, int deadlocks) {
        deadlockOf = new int[tasks];
        Arrays.fill(deadlockOf, UNSEEN);
        work = new int[tasks];
        counts = new int[deadlocks];
    }

    /**
     * For each deadlock the tasks behind it, ascending. A task behind several is counted once, behind the nearest.
     *
     * @param culprits the tasks of each deadlock
     */
    static int[][] of(WaitGraph graph, BitSet stuck, List<int[]> culprits) {
        Victims search = new Victims(graph.tasks(), culprits.size());
        for (int deadlock = 0; deadlock < culprits.size(); deadlock++) {
            for (int task : culprits.get(deadlock)) {
                search.assign(task, deadlock);
            }
        }
        int culpritCount = search.found;
        Arrays.fill(search.counts, 0);
        search.spread(new Backward(graph, stuck));
        return search.byDeadlock(culpritCount);
    }

    private void assign(int task, int deadlock) {
        if (deadlockOf[task] == UNSEEN) {
            deadlockOf[task] = deadlock;
            counts[deadlock]++;
            work[found++] = task;
        }
    }

    /** Breadth first from the culprits, so that the nearest deadlock wins. */
    private void spread(Backward backward) {
        for (int head = 0; head < found; head++) {
            int deadlock = deadlockOf[work[head]];
            backward.forEachGateHeldBy(
                    work[head], gate -> backward.forEachWaiterAt(gate, waiter -> assign(waiter, deadlock)));
        }
    }

    private int[][] byDeadlock(int culpritCount) {
        int[][] victims = new int[counts.length][];
        int[] next = new int[counts.length];
        for (int deadlock = 0; deadlock < counts.length; deadlock++) {
            victims[deadlock] = new int[counts[deadlock]];
        }
        for (int i = culpritCount; i < found; i++) {
            int deadlock = deadlockOf[work[i]];
            victims[deadlock][next[deadlock]++] = work[i];
        }
        for (int[] behind : victims) {
            Arrays.sort(behind);
        }
        return victims;
    }
}
