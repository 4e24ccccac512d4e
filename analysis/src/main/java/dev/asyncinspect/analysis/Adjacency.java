package dev.asyncinspect.analysis;

/** Lists of ints, one for each node, in two arrays. Filled in two passes: count, {@link #allocate}, add. */
final class Adjacency {

    private final int[] start;
    private int[] targets = new int[0];

    Adjacency(int nodes) {
        start = new int[nodes + 2];
    }

    /** First pass: one more target of this node will be added. */
    void count(int node) {
        start[node + 2]++;
    }

    /** Between the passes. */
    void allocate() {
        for (int node = 2; node < start.length; node++) {
            start[node] += start[node - 1];
        }
        targets = new int[start[start.length - 1]];
    }

    /** Second pass. While it runs, {@code start[node + 1]} is where the next target of the node goes. */
    void add(int node, int target) {
        targets[start[node + 1]++] = target;
    }

    int first(int node) {
        return start[node];
    }

    int end(int node) {
        return start[node + 1];
    }

    int at(int position) {
        return targets[position];
    }
}
