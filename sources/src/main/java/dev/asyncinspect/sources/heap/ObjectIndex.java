package dev.asyncinspect.sources.heap;

import java.util.Arrays;

/**
 * Where each object stands in the file, and of which class it is: ids in order, found by a table and halving. Two longs an object and a
 * quarter of an int.
 */
final class ObjectIndex {

    /*
     * A JVM writes its objects mostly in the order of their addresses, which are their ids: a few rising runs, one for each
     * region or thread that wrote. So sorting is merging runs, and costs nothing where there is but one. For the same reason
     * they spread evenly enough that a table over their range leaves few to look through.
     */

    /** In place of the number of a class, for arrays of references. */
    static final int ARRAY = (1 << 24) - 1;

    /** In place of the number of a class that is not known yet. */
    static final int UNKNOWN = 0;

    private static final int CLASS_BITS = 24;
    private static final int MOST = Integer.MAX_VALUE - 8;

    private long[] ids = {};
    private long[] places = {};
    private int[] firstOfBucket = {};
    private int bucketShift;
    private int size;

    /** A position of at most 40 bits, see {@link HeapFile}, and the number of a class as one number. */
    static long place(long position, int classNumber) {
        return position << CLASS_BITS | classNumber;
    }

    /**
     * Makes room for so many more, and no room beyond them.
     *
     * @throws DamagedHeapException if there is no array for so many
     */
    void expect(long more) {
        if (size + more > MOST) {
            throw new DamagedHeapException("it has more objects than can be read: " + (size + more));
        }
        ids = Arrays.copyOf(ids, (int) (size + more));
        places = Arrays.copyOf(places, ids.length);
    }

    /** Takes the first {@code count} of these, for which room was made. */
    void addAll(long[] otherIds, long[] otherPlaces, int count) {
        System.arraycopy(otherIds, 0, ids, size, count);
        System.arraycopy(otherPlaces, 0, places, size, count);
        size += count;
    }

    int size() {
        return size;
    }

    long id(int index) {
        return ids[index];
    }

    long position(int index) {
        return places[index] >>> CLASS_BITS;
    }

    /** Number of its class, {@link #UNKNOWN} or {@link #ARRAY}. */
    int classNumber(int index) {
        return (int) places[index] & ARRAY;
    }

    /** Number of the object of this id, negative if it is not in here. Only after {@link #sort}. */
    int find(long id) {
        if (size == 0 || id < ids[0] || id > ids[size - 1]) {
            return -1;
        }
        int bucket = (int) ((id - ids[0]) >>> bucketShift);
        return Arrays.binarySearch(ids, firstOfBucket[bucket], firstOfBucket[bucket + 1], id);
    }

    /** Puts the ids in order, so that they can be found. */
    void sort() {
        mergeRuns();
        bucketShift = size == 0 ? 0 : shift(ids[size - 1] - ids[0]);
        int buckets = size == 0 ? 0 : (int) ((ids[size - 1] - ids[0]) >>> bucketShift) + 1;
        firstOfBucket = new int[buckets + 1];
        int at = 0;
        for (int bucket = 0; bucket < buckets; bucket++) {
            while (at < size && (ids[at] - ids[0]) >>> bucketShift < bucket) {
                at++;
            }
            firstOfBucket[bucket] = at;
        }
        firstOfBucket[buckets] = size;
    }

    /** So that there are about as many buckets as a quarter of the objects. */
    private int shift(long range) {
        int shift = 0;
        while (range >>> shift > Math.max(1, size / 4)) {
            shift++;
        }
        return shift;
    }

    private void mergeRuns() {
        long[] otherIds = null;
        long[] otherPlaces = null;
        while (true) {
            int firstEnd = runEnd(0);
            if (firstEnd == size) {
                return;
            }
            if (otherIds == null || otherPlaces == null) {
                otherIds = new long[size];
                otherPlaces = new long[size];
            }
            for (int start = 0; start < size; ) {
                int middle = runEnd(start);
                int end = middle == size ? size : runEnd(middle);
                merge(start, middle, end, otherIds, otherPlaces);
                start = end;
            }
            long[] swap = ids;
            ids = otherIds;
            otherIds = swap;
            swap = places;
            places = otherPlaces;
            otherPlaces = swap;
        }
    }

    private int runEnd(int start) {
        int end = start + 1;
        while (end < size && ids[end - 1] <= ids[end]) {
            end++;
        }
        return Math.min(end, size);
    }

    private void merge(int start, int middle, int end, long[] toIds, long[] toPlaces) {
        int left = start;
        int right = middle;
        for (int to = start; to < end; to++) {
            boolean fromLeft = right >= end || (left < middle && ids[left] <= ids[right]);
            int from = fromLeft ? left++ : right++;
            toIds[to] = ids[from];
            toPlaces[to] = places[from];
        }
    }
}
