package dev.asyncinspect.sources.heap;

/** What a heap dump holds, record by record, in the order of the file. Positions are bytes from its beginning. */
interface HprofVisitor {

    /** Time of the dump. */
    default void time(long epochMillis) {}

    /** A text, whose bytes begin at this position. */
    default void text(long id, long at) {}

    default void className(long classId, long nameId) {}

    default void frame(long frameId, long methodNameId, long fileNameId, long classSerial, int line) {}

    default void classSerial(long serial, long classId) {}

    /** A stack: {@code count} ids of frames, innermost first, begin at this position. */
    default void stack(long serial, long framesAt, int count) {}

    /** Part of the heap, whose records are walked by {@link HprofParser#heap}. */
    default void segment(long start, long end) {}

    /** An object that is alive by itself. */
    default void root(long objectId) {}

    /** An object that a thread refers to from its frame of this number, innermost 0; -1 if from none. */
    default void localRoot(long objectId, long threadSerial, int frame) {}

    default void thread(long objectId, long threadSerial, long stackSerial) {}

    /** A class; its layout begins at this position. */
    default void classDump(long classId, long at) {}

    /** An instance; the values of its fields begin at this position. */
    default void instance(long objectId, long classId, long at) {}

    /** An array of references, which begin at this position. */
    default void objectArray(long objectId, long at, int count) {}

    default void primitiveArray(long objectId, int type, long at, int count) {}
}
