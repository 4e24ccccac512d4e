package dev.asyncinspect.sources.heap;

import java.util.Arrays;

/**
 * Which ids the pieces of a heap dump hold, in 32 bytes for each piece of 64 KB. So single objects are found without an index of all, by
 * reading the few pieces where they can be.
 */
final class ObjectBlocks {

    /*
     * A JVM writes its objects mostly in the order of their ids, so the ranges of the pieces hardly overlap, and an id lies in one
     * or two of them. Where they do overlap, more pieces are read; at worst all of them.
     */

    static final int BYTES = 1 << 16;

    private static final int FIRST = 1 << 6;

    private long[] starts = new long[FIRST];
    private long[] ends = new long[FIRST];
    private long[] leasts = new long[FIRST];
    private long[] mosts = new long[FIRST];
    private int size;

    /** Records from {@code start} up to {@code end}, whose objects have ids in this range. */
    void add(long start, long end, long least, long most) {
        if (size == starts.length) {
            starts = Arrays.copyOf(starts, 2 * size);
            ends = Arrays.copyOf(ends, 2 * size);
            leasts = Arrays.copyOf(leasts, 2 * size);
            mosts = Arrays.copyOf(mosts, 2 * size);
        }
        starts[size] = start;
        ends[size] = end;
        leasts[size] = least;
        mosts[size++] = most;
    }

    void addAll(ObjectBlocks others) {
        for (int i = 0; i < others.size; i++) {
            add(others.starts[i], others.ends[i], others.leasts[i], others.mosts[i]);
        }
    }

    int size() {
        return size;
    }

    /**
     * Reads what may hold one of these objects, in the order of the file; others are visited as well.
     *
     * @param sortedIds in rising order
     */
    void visit(HeapFile file, long[] sortedIds, HprofVisitor visitor) {
        for (int i = 0; i < size; i++) {
            int found = Arrays.binarySearch(sortedIds, leasts[i]);
            int next = found < 0 ? -found - 1 : found;
            if (next < sortedIds.length && sortedIds[next] <= mosts[i]) {
                HprofParser.heap(file, starts[i], ends[i], visitor);
            }
        }
    }
}
