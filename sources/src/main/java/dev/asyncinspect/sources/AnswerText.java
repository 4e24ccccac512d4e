package dev.asyncinspect.sources;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * What a JVM answered, as the bytes of UTF-8 that came. A dump of all threads is megabytes, most of it lines that were there
 * before: a line that comes again is the same object, and none is made of what is only searched.
 */
final class AnswerText {

    private static final int BYTE_VALUES = 256;

    private final byte[] bytes;
    private final int length;

    /** The first {@code length} of these bytes, which nobody changes any more. */
    AnswerText(byte[] bytes, int length) {
        this.bytes = bytes;
        this.length = length;
    }

    static AnswerText of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new AnswerText(bytes, bytes.length);
    }

    /** Hands on each line, without its end. */
    void lines(Consumer<String> handler) {
        RepeatedLines known = new RepeatedLines(bytes);
        int from = 0;
        while (from < length) {
            int to = from;
            int hash = 0;
            byte next;
            while (to < length && (next = bytes[to]) != '\n') {
                hash = 31 * hash + next;
                to++;
            }
            handler.accept(known.line(from, to, hash));
            from = to + 1;
        }
    }

    /**
     * Whether this stands somewhere in it, by the algorithm of Horspool (1980): it looks at every n-th byte only, n being the
     * length of the mark.
     *
     * @param mark of ASCII, not empty
     */
    boolean contains(String mark) {
        byte[] wanted = mark.getBytes(StandardCharsets.US_ASCII);
        int last = wanted.length - 1;
        int[] shifts = new int[BYTE_VALUES];
        Arrays.fill(shifts, wanted.length);
        for (int i = 0; i < last; i++) {
            shifts[wanted[i] & 0xff] = last - i;
        }
        for (int end = last; end < length; end += shifts[bytes[end] & 0xff]) {
            int matched = last;
            while (matched >= 0 && bytes[end - last + matched] == wanted[matched]) {
                matched--;
            }
            if (matched < 0) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
