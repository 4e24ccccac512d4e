package dev.asyncinspect.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * A circle of tasks that wait for each other and can never go on, whatever the rest of the program does.
 *
 * @param members positions of its tasks, ascending
 * @param cycle the shortest way round it that starts with its first task, in waiting order
 * @param victims positions of tasks outside it that wait behind it, ascending
 */
@SuppressWarnings("ArrayRecordComponent") // plain positions, never compared and never handed out
record Deadlock(int[] members, int[] cycle, int[] victims) {

    /** All deadlocks of a graph, each told once. */
    static List<Deadlock> in(WaitGraph graph) {
        BitSet stuck = StuckTasks.in(graph);
        List<int[]> culprits = new ArrayList<>();
        for (int[] component : Components.among(graph, stuck)) {
            culprits.addAll(selfSupporting(graph, component));
        }
        if (culprits.isEmpty()) {
            return List.of();
        }
        int[][] victims = Victims.of(graph, stuck, culprits);
        List<Deadlock> deadlocks = new ArrayList<>();
        for (int i = 0; i < culprits.size(); i++) {
            int[] members = culprits.get(i);
            deadlocks.add(new Deadlock(members, ShortestCycle.in(graph, members), victims[i]));
        }
        return deadlocks;
    }

    /**
     * What of a circle stays stuck if everything outside it could go on. A circle through a semaphore of which one permit
     * is held outside is no deadlock of its own: it only waits behind another one.
     */
    private static List<int[]> selfSupporting(WaitGraph graph, int[] component) {
        boolean leansOnOutside = false;
        for (int task : component) {
            int gate = graph.gateOf(task);
            if (!graph.needsAll(gate)) {
                for (int i = 0; i < graph.holderCount(gate) && !leansOnOutside; i++) {
                    leansOnOutside = Arrays.binarySearch(component, graph.holder(gate, i)) < 0;
                }
            }
        }
        if (!leansOnOutside) {
            return List.of(component);
        }
        BitSet inside = new BitSet();
        for (int task : component) {
            inside.set(task);
        }
        return Components.among(graph, StuckTasks.in(graph, inside));
    }
}
