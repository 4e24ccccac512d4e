package dev.asyncinspect.analysis;

import java.util.BitSet;
import java.util.function.IntConsumer;

/** The {@link WaitGraph} read backwards: who could go on if a task did. */
final class Backward {

    private final Adjacency gatesHeldBy;
    private final Adjacency waitersAt;

    /**
     * Reads the graph backwards.
     *
     * @param waiters the tasks that count as waiters
     */
    Backward(WaitGraph graph, BitSet waiters) {
        gatesHeldBy = new Adjacency(graph.tasks());
        waitersAt = new Adjacency(graph.gates());
        forEachWaiter(graph, waiters, task -> waitersAt.count(graph.gateOf(task)));
        waitersAt.allocate();
        forEachWaiter(graph, waiters, task -> waitersAt.add(graph.gateOf(task), task));
        for (int gate = 0; gate < graph.gates(); gate++) {
            for (int i = 0; i < graph.holderCount(gate); i++) {
                gatesHeldBy.count(graph.holder(gate, i));
            }
        }
        gatesHeldBy.allocate();
        for (int gate = 0; gate < graph.gates(); gate++) {
            for (int i = 0; i < graph.holderCount(gate); i++) {
                gatesHeldBy.add(graph.holder(gate, i), gate);
            }
        }
    }

    private static void forEachWaiter(WaitGraph graph, BitSet waiters, IntConsumer action) {
        for (int task = waiters.nextSetBit(0); task >= 0; task = waiters.nextSetBit(task + 1)) {
            if (graph.gateOf(task) != WaitGraph.NONE) {
                action.accept(task);
            }
        }
    }

    /** Every gate the task holds, once for each hold. */
    void forEachGateHeldBy(int task, IntConsumer action) {
        for (int i = gatesHeldBy.first(task); i < gatesHeldBy.end(task); i++) {
            action.accept(gatesHeldBy.at(i));
        }
    }

    /** Every task that waits at the gate. */
    void forEachWaiterAt(int gate, IntConsumer action) {
        for (int i = waitersAt.first(gate); i < waitersAt.end(gate); i++) {
            action.accept(waitersAt.at(i));
        }
    }
}
