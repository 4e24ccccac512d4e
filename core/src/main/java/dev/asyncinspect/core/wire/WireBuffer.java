package dev.asyncinspect.core.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Octets being written: grows as needed, keeps its array for the next use. */
final class WireBuffer {

    private static final String CUT = "…";

    private byte[] bytes = new byte[256];
    private int length;

    int length() {
        return length;
    }

    void clear() {
        length = 0;
    }

    void octet(int value) {
        reserve(1);
        bytes[length++] = (byte) value;
    }

    void unsigned(long value) {
        reserve(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[length++] = (byte) ((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    void fixed64(long value) {
        reserve(Long.BYTES);
        for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            bytes[length++] = (byte) (value >>> shift);
        }
    }

    void signed(long value) {
        unsigned((value << 1) ^ (value >> 63));
    }

    void int32(int value) {
        unsigned(value & 0xFFFF_FFFFL);
    }

    /** The length in octets and then the text, cut to a bound. */
    void text(String text, int maxChars) {
        byte[] utf8 = cut(text, maxChars).getBytes(StandardCharsets.UTF_8);
        unsigned(utf8.length);
        append(utf8, utf8.length);
    }

    /** The text alone, cut to a bound. */
    void bareText(String text, int maxChars) {
        byte[] utf8 = cut(text, maxChars).getBytes(StandardCharsets.UTF_8);
        append(utf8, utf8.length);
    }

    void append(WireBuffer other) {
        append(other.bytes, other.length);
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(bytes, 0, length);
    }

    private void append(byte[] source, int count) {
        reserve(count);
        System.arraycopy(source, 0, bytes, length, count);
        length += count;
    }

    private void reserve(int count) {
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
        }
    }

    /** A text of any size, cut before it is encoded; never between the two halves of one character. */
    private static String cut(String text, int maxChars) {
        if (text.length() <= maxChars) {
            return text;
        }
        int end = maxChars - 1;
        if (Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end) + CUT;
    }
}
