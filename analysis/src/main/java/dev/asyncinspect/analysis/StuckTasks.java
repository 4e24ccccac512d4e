package dev.asyncinspect.analysis;

import java.util.BitSet;

/** Which tasks of a {@link WaitGraph} can never go on by themselves. */
final class StuckTasks {

    /*
     * The complement of a least fixpoint: a task can go on if it waits at no gate or at a gate that can open; a gate can
     * open if it has no known holders, if one of its holders can go on (permits), or if all of them can (locks). What is
     * never reached that way is stuck. Each task and each holder is looked at once: linear.
     */

    private final WaitGraph graph;
    private final BitSet considered;
    private final Backward backward;
    private final BitSet canGoOn;
    private final int[] holdersMissing;
    private final int[] work;
    private int pending;

    private StuckTasks(WaitGraph graph, BitSet considered) {
        this.graph = graph;
        this.considered = considered;
        backward = new Backward(graph, considered);
        canGoOn = new BitSet(graph.tasks());
        holdersMissing = new int[graph.gates()];
        work = new int[graph.tasks()];
    }

    /** The stuck tasks of the whole graph. */
    static BitSet in(WaitGraph graph) {
        BitSet all = new BitSet(graph.tasks());
        all.set(0, graph.tasks());
        return in(graph, all);
    }

    /**
     * The stuck tasks.
     *
     * @param considered the tasks that may be stuck; all others are taken as able to go on
     */
    static BitSet in(WaitGraph graph, BitSet considered) {
        StuckTasks search = new StuckTasks(graph, considered);
        search.propagate();
        BitSet stuck = (BitSet) considered.clone();
        stuck.andNot(search.canGoOn);
        return stuck;
    }

    private void propagate() {
        for (int gate = 0; gate < graph.gates(); gate++) {
            holdersMissing[gate] = holdersMissing(gate);
            if (holdersMissing[gate] == 0) {
                backward.forEachWaiterAt(gate, this::letGo);
            }
        }
        for (int task = considered.nextSetBit(0); task >= 0; task = considered.nextSetBit(task + 1)) {
            if (graph.gateOf(task) == WaitGraph.NONE) {
                letGo(task);
            }
        }
        while (pending > 0) {
            backward.forEachGateHeldBy(work[--pending], this::oneMoreHolderCanGoOn);
        }
    }

    /** How many of the considered holders must still be found able to go on before the gate opens. */
    private int holdersMissing(int gate) {
        int stillMissing = 0;
        for (int i = 0; i < graph.holderCount(gate); i++) {
            if (considered.get(graph.holder(gate, i))) {
                stillMissing++;
            } else if (!graph.needsAll(gate)) {
                return 0;
            }
        }
        return graph.needsAll(gate) ? stillMissing : Math.min(stillMissing, 1);
    }

    private void oneMoreHolderCanGoOn(int gate) {
        if (holdersMissing[gate] > 0 && --holdersMissing[gate] == 0) {
            backward.forEachWaiterAt(gate, this::letGo);
        }
    }

    private void letGo(int task) {
        if (!canGoOn.get(task)) {
            canGoOn.set(task);
            work[pending++] = task;
        }
    }
}
