package dev.asyncinspect.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** The circles among stuck tasks: strongly connected components of the {@link WaitGraph}. */
final class Components {

    /*
     * Tarjan's algorithm [1] without recursion, over tasks and gates as nodes (tasks first), so that a gate with many
     * waiters and many holders costs their sum, not their product. Only stuck tasks and the gates they wait at are visited.
     *
     * [1] R. Tarjan, Depth-first search and linear graph algorithms, SIAM J. Comput. 1(2), 1972.
     */

    private final WaitGraph graph;
    private final BitSet stuck;
    private final int[] order;
    private final int[] low;
    private final BitSet onStack = new BitSet();
    private final int[] stack;
    private final int[] path;
    private final int[] nextEdge;
    private final List<int[]> found = new ArrayList<>();
    private int visited;
    private int stackSize;

    private Components(WaitGraph graph, BitSet stuck) {
        this.graph = graph;
        this.stuck = stuck;
        int nodes = graph.tasks() + graph.gates();
        order = new int[nodes];
        low = new int[nodes];
        stack = new int[nodes];
        path = new int[nodes];
        nextEdge = new int[nodes];
    }

    /** The tasks of each circle, a task that waits for itself included; in no particular order. */
    static List<int[]> among(WaitGraph graph, BitSet stuck) {
        if (stuck.isEmpty()) {
            return List.of();
        }
        Components search = new Components(graph, stuck);
        for (int task = stuck.nextSetBit(0); task >= 0; task = stuck.nextSetBit(task + 1)) {
            if (search.order[task] == 0) {
                search.visitFrom(task);
            }
        }
        return search.found;
    }

    private void visitFrom(int root) {
        int depth = 0;
        path[0] = root;
        enter(root);
        while (depth >= 0) {
            int node = path[depth];
            int next = nextSuccessor(node);
            if (next < 0) {
                if (low[node] == order[node]) {
                    pop(node);
                }
                depth--;
                if (depth >= 0) {
                    low[path[depth]] = Math.min(low[path[depth]], low[node]);
                }
            } else if (order[next] == 0) {
                enter(next);
                path[++depth] = next;
            } else if (onStack.get(next)) {
                low[node] = Math.min(low[node], order[next]);
            }
        }
    }

    private void enter(int node) {
        order[node] = ++visited;
        low[node] = visited;
        stack[stackSize++] = node;
        onStack.set(node);
    }

    /** The next stuck node this one leads to, negative if there is no more. */
    private int nextSuccessor(int node) {
        if (node < graph.tasks()) {
            return nextEdge[node]++ == 0 ? graph.tasks() + graph.gateOf(node) : -1;
        }
        int gate = node - graph.tasks();
        while (nextEdge[node] < graph.holderCount(gate)) {
            int holder = graph.holder(gate, nextEdge[node]++);
            if (stuck.get(holder)) {
                return holder;
            }
        }
        return -1;
    }

    private void pop(int root) {
        int from = stackSize;
        int tasks = 0;
        do {
            from--;
            onStack.clear(stack[from]);
            if (stack[from] < graph.tasks()) {
                tasks++;
            }
        } while (stack[from] != root);
        int size = stackSize - from;
        if (size > 1) { // one node alone is no circle: a task that waits for itself forms one with its gate
            int[] members = new int[tasks];
            for (int i = from, k = 0; i < stackSize; i++) {
                if (stack[i] < graph.tasks()) {
                    members[k++] = stack[i];
                }
            }
            Arrays.sort(members);
            found.add(members);
        }
        stackSize = from;
    }
}
