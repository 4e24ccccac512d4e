package dev.asyncinspect.weaving.program;

import java.nio.charset.StandardCharsets;

/** Tells quickly whether a class file can carry {@code @Trace}: whether its constant pool has the name of the annotation. */
final class TraceMark {

    /*
     * Asked of every class of the program that is loaded, so nothing is made of the bytes: the entries of the pool are stepped over by
     * their length, and only texts of the right length are compared. About a microsecond for a class.
     */

    static final String DESCRIPTOR = "Ldev/asyncinspect/core/Trace;";

    private static final byte[] TEXT = DESCRIPTOR.getBytes(StandardCharsets.US_ASCII);
    private static final int POOL_COUNT = 8;
    private static final int POOL = 10;

    private TraceMark() {}

    /** False for bytes that are no class file. */
    static boolean in(byte[] bytes) {
        try {
            return find(bytes);
        } catch (IndexOutOfBoundsException e) {
            return false; // cut off: the JVM will refuse it
        }
    }

    private static boolean find(byte[] bytes) {
        int count = number(bytes, POOL_COUNT);
        int at = POOL;
        for (int i = 1; i < count; i++) {
            switch (bytes[at]) {
                case 1 -> { // Utf8
                    int length = number(bytes, at + 1);
                    if (length == TEXT.length && isText(bytes, at + 3)) {
                        return true;
                    }
                    at += 3 + length;
                }
                case 5, 6 -> { // Long, Double: two entries
                    at += 9;
                    i++;
                }
                case 15 -> at += 4; // MethodHandle
                case 7, 8, 16, 19, 20 -> at += 3; // Class, String, MethodType, Module, Package
                case 3, 4, 9, 10, 11, 12, 17, 18 -> at += 5; // Integer, Float, references, NameAndType, dynamic
                default -> {
                    return false; // of a newer JVM than we know
                }
            }
        }
        return false;
    }

    private static boolean isText(byte[] bytes, int from) {
        for (int i = 0; i < TEXT.length; i++) {
            if (bytes[from + i] != TEXT[i]) {
                return false;
            }
        }
        return true;
    }

    private static int number(byte[] bytes, int at) {
        return ((bytes[at] & 0xFF) << 8) | (bytes[at + 1] & 0xFF);
    }
}
