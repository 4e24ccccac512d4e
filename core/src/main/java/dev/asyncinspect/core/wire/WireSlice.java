package dev.asyncinspect.core.wire;

import java.nio.charset.StandardCharsets;

/** The body of one frame being read. Every read is checked against its end; a frame that ends early is a WireException. */
final class WireSlice {

    private final byte[] bytes;
    private final int end;
    private int position;

    WireSlice(byte[] bytes, int position, int end) {
        this.bytes = bytes;
        this.position = position;
        this.end = end;
    }

    int octet() throws WireException {
        if (position >= end) {
            throw new WireException("a frame ends inside a field");
        }
        return bytes[position++] & 0xFF;
    }

    long unsigned() throws WireException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int octet = octet();
            if (shift == 63 && octet > 1) {
                break;
            }
            value |= (long) (octet & 0x7F) << shift;
            if (octet < 0x80) {
                return value;
            }
        }
        throw new WireException("a number does not fit in 64 bits");
    }

    boolean isAtEnd() {
        return position >= end;
    }

    long fixed64() throws WireException {
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = (value << Byte.SIZE) | octet();
        }
        return value;
    }

    long signed() throws WireException {
        long value = unsigned();
        return (value >>> 1) ^ -(value & 1);
    }

    int int32() throws WireException {
        long value = unsigned();
        if (value >>> 32 != 0) {
            throw new WireException("a number does not fit in 32 bits: " + Long.toUnsignedString(value));
        }
        return (int) value;
    }

    /** A number of elements that follow, each of so many octets at least: never more than can be there. */
    int count(int max, int minBytesEach) throws WireException {
        long count = unsigned();
        if (count < 0 || count > max || count * minBytesEach > end - position) {
            throw new WireException("a frame announces " + Long.toUnsignedString(count) + " elements in "
                    + (end - position) + " octets, limit " + max);
        }
        return (int) count;
    }

    String text(int maxChars) throws WireException {
        long length = unsigned();
        if (length < 0 || length > (long) maxChars * WireLayout.MAX_BYTES_PER_CHAR || length > end - position) {
            throw new WireException("a text of " + Long.toUnsignedString(length) + " octets in a frame with "
                    + (end - position) + " left, limit " + (long) maxChars * WireLayout.MAX_BYTES_PER_CHAR);
        }
        String text = new String(bytes, position, (int) length, StandardCharsets.UTF_8);
        position += (int) length;
        return text;
    }

    /** The rest of the frame as one text. */
    String bareText(int maxChars) throws WireException {
        int length = end - position;
        if (length > maxChars * WireLayout.MAX_BYTES_PER_CHAR) {
            throw new WireException(
                    "a symbol of " + length + " octets, limit " + maxChars * WireLayout.MAX_BYTES_PER_CHAR);
        }
        String text = new String(bytes, position, length, StandardCharsets.UTF_8);
        position = end;
        return text;
    }
}
