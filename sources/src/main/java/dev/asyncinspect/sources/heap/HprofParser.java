package dev.asyncinspect.sources.heap;

import java.nio.charset.StandardCharsets;

/**
 * Walks the records of an HPROF file: those outside of the heap from its beginning to its end, those of the heap segment by segment.
 *
 * <p>The form is that of {@code heapDumper.cpp} of HotSpot, "JAVA PROFILE 1.0.2" (and 1.0.1, which other tools write).
 */
final class HprofParser {

    private static final String MAGIC = "JAVA PROFILE 1.0.";
    private static final int LONGEST_MAGIC = 32;
    private static final int WHOLE_HEAP = 0x0c; // of a 1.0.1 file
    private static final int SEGMENT = 0x1c;
    private static final int END_OF_SEGMENTS = 0x2c;

    private final HeapFile file;
    private final HprofVisitor visitor;
    private boolean complete;

    private HprofParser(HeapFile file, HprofVisitor visitor) {
        this.file = file;
        this.visitor = visitor;
    }

    /** @throws DamagedHeapException if it is none, or does not hold together */
    static void walk(HeapFile file, HprofVisitor visitor) {
        HprofParser parser = new HprofParser(file, visitor);
        try {
            parser.records();
        } catch (IndexOutOfBoundsException e) {
            throw parser.cutOff();
        }
    }

    /**
     * Walks a segment of the heap, or whole records of one. Any number of threads may do so at once.
     *
     * @throws DamagedHeapException if it does not hold together
     */
    static void heap(HeapFile file, long start, long end, HprofVisitor visitor) {
        HprofParser parser = new HprofParser(file, visitor);
        try {
            parser.heap(start, end);
        } catch (IndexOutOfBoundsException e) {
            throw parser.cutOff();
        }
    }

    private void records() {
        long at = header();
        while (at < file.length()) {
            int tag = file.u1(at);
            long length = file.u4(at + 5);
            long body = at + 9;
            long end = body + length;
            if (end > file.length()) {
                throw cutOff();
            }
            record(tag, body, end);
            complete = tag == WHOLE_HEAP || tag == END_OF_SEGMENTS;
            at = end;
        }
        if (!complete) {
            throw cutOff();
        }
    }

    private DamagedHeapException cutOff() {
        return new DamagedHeapException("it is cut off after " + file.length() + " bytes");
    }

    private long header() {
        int length = 0;
        while (length < Math.min(LONGEST_MAGIC, file.length()) && file.u1(length) != 0) {
            length++;
        }
        if (!new String(file.bytes(0, length), StandardCharsets.ISO_8859_1).startsWith(MAGIC)) {
            throw new DamagedHeapException("it is no heap dump in HPROF form");
        }
        int idSize = file.i4(length + 1);
        if (idSize != 4 && idSize != 8) {
            throw new DamagedHeapException("its ids have " + idSize + " bytes");
        }
        file.idSize(idSize);
        visitor.time(file.i8(length + 5));
        return length + 13L;
    }

    private void record(int tag, long at, long end) {
        int id = file.idSize();
        switch (tag) {
            case 0x01 -> visitor.text(file.id(at), at + id);
            case 0x02 -> {
                visitor.classSerial(file.u4(at), file.id(at + 4));
                visitor.className(file.id(at + 4), file.id(at + 8 + id));
            }
            case 0x04 ->
                visitor.frame(
                        file.id(at),
                        file.id(at + id),
                        file.id(at + 3L * id),
                        file.u4(at + 4L * id),
                        file.i4(at + 4L * id + 4));
            case 0x05 -> visitor.stack(file.u4(at), at + 12, file.i4(at + 8));
            case WHOLE_HEAP, SEGMENT -> visitor.segment(at, end);
            default -> {
                // of allocation sites, processor samples and the like nothing is needed
            }
        }
    }

    private void heap(long start, long end) {
        long at = start;
        while (at < end) {
            at = heapRecord(file.u1(at), at + 1);
        }
        if (at != end) {
            throw new DamagedHeapException("its records do not end where they say, at byte " + end);
        }
    }

    /** Reads one record and tells where the next one begins. */
    private long heapRecord(int tag, long at) {
        int id = file.idSize();
        switch (tag) {
            case 0xff, 0x05, 0x07 -> { // unknown, class of the system, monitor in use
                visitor.root(file.id(at));
                return at + id;
            }
            case 0x01 -> { // global reference of native code
                visitor.root(file.id(at));
                return at + 2L * id;
            }
            case 0x02, 0x03 -> { // local of native code, of a Java frame
                visitor.localRoot(file.id(at), file.u4(at + id), file.i4(at + id + 4));
                return at + id + 8;
            }
            case 0x04, 0x06 -> { // native stack, busy monitor of a thread
                visitor.localRoot(file.id(at), file.u4(at + id), -1);
                return at + id + 4;
            }
            case 0x08 -> {
                visitor.thread(file.id(at), file.u4(at + id), file.u4(at + id + 4));
                return at + id + 8;
            }
            case 0x20 -> {
                visitor.classDump(file.id(at), at + id + 4);
                return ClassLayout.end(file, at + id + 4);
            }
            case 0x21 -> {
                visitor.instance(file.id(at), file.id(at + id + 4), at + 2L * id + 8);
                return at + 2L * id + 8 + file.u4(at + 2L * id + 4);
            }
            case 0x22 -> {
                long count = file.u4(at + id + 4);
                visitor.objectArray(file.id(at), at + 2L * id + 8, (int) count);
                return at + 2L * id + 8 + count * id;
            }
            case 0x23 -> {
                long count = file.u4(at + id + 4);
                int type = file.u1(at + id + 8);
                visitor.primitiveArray(file.id(at), type, at + id + 9, (int) count);
                return at + id + 9 + count * HprofType.size(type, id);
            }
            default -> throw new DamagedHeapException("an unknown record " + tag + " at byte " + (at - 1));
        }
    }
}
