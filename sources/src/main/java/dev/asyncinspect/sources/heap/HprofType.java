package dev.asyncinspect.sources.heap;

/** The types of fields and array elements in an HPROF file. */
final class HprofType {

    static final int OBJECT = 2;
    static final int BOOLEAN = 4;
    static final int BYTE = 8;
    static final int INT = 10;
    static final int LONG = 11;

    private static final int[] SIZES = {0, 0, 0, 0, 1, 2, 4, 8, 1, 2, 4, 8};

    private HprofType() {}

    /**
     * Bytes of one value of this type.
     *
     * @throws DamagedHeapException if there is no such type
     */
    static int size(int type, int idSize) {
        if (type == OBJECT) {
            return idSize;
        }
        if (type < BOOLEAN || type >= SIZES.length) {
            throw new DamagedHeapException("a value of the unknown type " + type);
        }
        return SIZES[type];
    }
}
