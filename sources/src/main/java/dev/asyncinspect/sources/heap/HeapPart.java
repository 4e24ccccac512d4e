package dev.asyncinspect.sources.heap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What some neighbouring segments of a heap dump hold. Of one thread, until it is handed to {@link HeapReading}. */
final class HeapPart implements HprofVisitor {

    private static final int FIRST = 1 << 10;
    private static final int USUAL_BYTES = 128; // of the file, for each object that refers to others
    private static final byte UNASKED = 0;
    private static final byte LEAF = 1;
    private static final byte INNER = 2;

    record LocalRoot(long objectId, long threadSerial, int frame) {}

    record ThreadRoot(long objectId, long threadSerial, long stackSerial) {}

    record LateClass(long classId, long at) {}

    private final HeapFile file;
    private final HeapClasses classes;
    private final boolean alone;

    long[] ids;
    long[] places;
    int size;
    final ObjectBlocks blocks = new ObjectBlocks();
    final List<Long> roots = new ArrayList<>();
    final List<LocalRoot> localRoots = new ArrayList<>();
    final List<ThreadRoot> threads = new ArrayList<>();
    final List<LateClass> lateClasses = new ArrayList<>();
    boolean hasClasses;

    private byte[] kinds = new byte[FIRST];
    private long lastClassId;
    private int lastClass;
    private long blockStart;
    private long least;
    private long most;

    /**
     * Nothing yet.
     *
     * @param bytes how many will be read, about
     * @param alone whether nobody else reads: then classes are known from where they stand on, else only after this part
     */
    HeapPart(HeapFile file, HeapClasses classes, long bytes, boolean alone) {
        int expected = FIRST + (int) (bytes / USUAL_BYTES);
        ids = new long[expected];
        places = new long[expected];
        this.file = file;
        this.classes = classes;
        this.alone = alone;
    }

    /** Reads a segment. */
    void read(long start, long end) {
        beginBlock(start);
        HprofParser.heap(file, start, end, this);
        endBlock(end);
    }

    private void beginBlock(long start) {
        blockStart = start;
        least = Long.MAX_VALUE;
        most = Long.MIN_VALUE;
    }

    private void endBlock(long end) {
        if (least <= most) {
            blocks.add(blockStart, end, least, most);
        }
    }

    /** An object whose record begins there. */
    private void object(long id, long recordAt) {
        if (recordAt - blockStart >= ObjectBlocks.BYTES) {
            endBlock(recordAt);
            beginBlock(recordAt);
        }
        least = Math.min(least, id);
        most = Math.max(most, id);
    }

    private void add(long id, long place) {
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, 2 * size);
            places = Arrays.copyOf(places, 2 * size);
        }
        ids[size] = id;
        places[size++] = place;
    }

    @Override
    public void instance(long objectId, long classId, long at) {
        object(objectId, at - 9 - 2L * file.idSize());
        int number = classId == lastClassId ? lastClass : classes.number(classId);
        lastClassId = number == 0 ? 0 : classId; // one that is not known may become so
        lastClass = number;
        if (number == 0 || kind(number) == INNER) {
            add(objectId, ObjectIndex.place(at, number));
        }
    }

    private byte kind(int classNumber) {
        if (classNumber >= kinds.length) {
            kinds = Arrays.copyOf(kinds, Math.max(classNumber + 1, 2 * kinds.length));
        }
        if (kinds[classNumber] == UNASKED) {
            kinds[classNumber] = classes.refersToNone(classNumber) ? LEAF : INNER;
        }
        return kinds[classNumber];
    }

    @Override
    public void objectArray(long objectId, long at, int count) {
        object(objectId, at - 9 - 2L * file.idSize());
        if (count > 0) {
            add(objectId, ObjectIndex.place(at, ObjectIndex.ARRAY));
        }
    }

    @Override
    public void primitiveArray(long objectId, int type, long at, int count) {
        object(objectId, at - 10 - file.idSize());
    }

    @Override
    public void classDump(long classId, long at) {
        hasClasses = true;
        if (alone) {
            classes.layout(classId, at);
        } else {
            lateClasses.add(new LateClass(classId, at));
        }
    }

    @Override
    public void root(long objectId) {
        roots.add(objectId);
    }

    @Override
    public void localRoot(long objectId, long threadSerial, int frame) {
        localRoots.add(new LocalRoot(objectId, threadSerial, frame));
    }

    @Override
    public void thread(long objectId, long threadSerial, long stackSerial) {
        threads.add(new ThreadRoot(objectId, threadSerial, stackSerial));
    }
}
