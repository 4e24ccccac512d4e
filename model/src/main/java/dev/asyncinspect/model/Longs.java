package dev.asyncinspect.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Many numbers: in pieces, so that none is copied as they become more. */
final class Longs {

    private static final int FIRST = 4;
    private static final int PIECE = 8_192;

    private final List<long[]> full = new ArrayList<>(0);
    private long[] last = {};
    private int used;

    void add(long value) {
        if (used == last.length) {
            grow();
        }
        last[used++] = value;
    }

    private void grow() {
        if (used == PIECE) {
            full.add(last);
            last = new long[PIECE];
            used = 0;
        } else {
            last = Arrays.copyOf(last, used == 0 ? FIRST : Math.min(PIECE, used * FIRST));
        }
    }

    void addAll(Longs others) {
        for (long[] piece : others.full) {
            for (long value : piece) {
                add(value);
            }
        }
        for (int i = 0; i < others.used; i++) {
            add(others.last[i]);
        }
    }

    long[] toArray() {
        long[] all = new long[full.size() * PIECE + used];
        for (int i = 0; i < full.size(); i++) {
            System.arraycopy(full.get(i), 0, all, i * PIECE, PIECE);
        }
        System.arraycopy(last, 0, all, full.size() * PIECE, used);
        return all;
    }
}
