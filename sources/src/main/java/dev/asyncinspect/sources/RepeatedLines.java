package dev.asyncinspect.sources;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One object for each different line of a text, as far as there is room. Not thread-safe. */
final class RepeatedLines {

    private static final int SLOTS = 1 << 14;
    private static final int MOST_LINES = SLOTS / 2;

    private final byte[] text;
    private final String[] lines = new String[SLOTS];
    private final int[] starts = new int[SLOTS];
    private final int[] lengths = new int[SLOTS];
    private int count;

    RepeatedLines(byte[] text) {
        this.text = text;
    }

    /** The line of these bytes; {@code hash} is the same for the same bytes. */
    String line(int from, int to, int hash) {
        if (from == to) {
            return "";
        }
        int slot = (hash ^ (hash >>> 16)) & (SLOTS - 1);
        while (true) {
            String known = known(slot, from, to);
            if (known != null) {
                return known;
            }
            if (lengths[slot] == 0) {
                break;
            }
            slot = (slot + 1) & (SLOTS - 1);
        }
        String line = new String(text, from, to - from, StandardCharsets.UTF_8);
        if (text[from] != '"' && count < MOST_LINES) { // the first line of a thread, and no other, is its alone
            lines[slot] = line;
            starts[slot] = from;
            lengths[slot] = to - from;
            count++;
        }
        return line;
    }

    private @Nullable String known(int slot, int from, int to) {
        int start = starts[slot];
        int length = lengths[slot];
        return length == to - from && Arrays.equals(text, start, start + length, text, from, to) ? lines[slot] : null;
    }
}
