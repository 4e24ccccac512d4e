package dev.asyncinspect.analysis;

import java.util.Arrays;

/** The shortest way round a circle of waiting tasks: what a person can read. */
final class ShortestCycle {

    /*
     * Breadth first from each member would be quadratic, so the number of starting points is bounded: any one of them gives a
     * cycle, more of them a shorter one. Where every member waits for one other there is only one cycle, and one start will do.
     */

    private static final int MAX_STARTS = 64;
    private static final int MAX_STEPS = 100_000;

    private ShortestCycle() {}

    /**
     * The tasks of a shortest cycle in waiting order, beginning with the smallest.
     *
     * @param members the tasks of one component, ascending
     */
    static int[] in(WaitGraph graph, int[] members) {
        int[] best = new int[0];
        int starts = isOneRing(graph, members) ? 1 : Math.max(1, Math.min(MAX_STARTS, MAX_STEPS / members.length));
        for (int start = 0; start < Math.min(members.length, starts); start++) {
            int[] cycle = through(graph, members, start);
            if (best.length == 0 || (cycle.length > 0 && cycle.length < best.length)) {
                best = cycle;
            }
            if (best.length == 1) {
                break;
            }
        }
        return startingWithSmallest(best);
    }

    private static boolean isOneRing(WaitGraph graph, int[] members) {
        for (int member : members) {
            if (graph.holderCount(graph.gateOf(member)) != 1) {
                return false;
            }
        }
        return true;
    }

    /** Breadth first from one member until an edge leads back to it. */
    private static int[] through(WaitGraph graph, int[] members, int start) {
        int[] parent = new int[members.length];
        Arrays.fill(parent, -1);
        int[] queue = new int[members.length];
        int head = 0;
        int tail = 0;
        queue[tail++] = start;
        while (head < tail) {
            int at = queue[head++];
            int gate = graph.gateOf(members[at]);
            for (int i = 0; i < graph.holderCount(gate); i++) {
                int next = Arrays.binarySearch(members, graph.holder(gate, i));
                if (next == start) {
                    return path(members, parent, start, at);
                }
                if (next >= 0 && parent[next] < 0) {
                    parent[next] = at;
                    queue[tail++] = next;
                }
            }
        }
        return new int[0];
    }

    private static int[] path(int[] members, int[] parent, int start, int end) {
        int length = 1;
        for (int at = end; at != start; at = parent[at]) {
            length++;
        }
        int[] path = new int[length];
        for (int at = end, i = length - 1; i >= 0; at = parent[at], i--) {
            path[i] = members[at];
            if (at == start) {
                break;
            }
        }
        return path;
    }

    private static int[] startingWithSmallest(int[] cycle) {
        int smallest = 0;
        for (int i = 1; i < cycle.length; i++) {
            if (cycle[i] < cycle[smallest]) {
                smallest = i;
            }
        }
        int[] turned = new int[cycle.length];
        for (int i = 0; i < cycle.length; i++) {
            turned[i] = cycle[(smallest + i) % cycle.length];
        }
        return turned;
    }
}
