package dev.asyncinspect.sources.heap;

import java.util.function.LongConsumer;

/** Numbers by numbers, without an object for each: a table with open addressing, at most two thirds full. */
final class LongMap {

    private static final int FIRST = 1 << 6;
    private static final long SPREAD =
            0x9e37_79b9_7f4a_7c15L; // 2^64 by the golden ratio: ids differ in their middle bits

    private long[] keys = new long[FIRST]; // 0 where nothing is; the key 0 has a place of its own
    private long[] values = new long[FIRST];
    private int size;
    private boolean hasZero;
    private long ofZero;

    int size() {
        return size + (hasZero ? 1 : 0);
    }

    /** Takes the place of an earlier value of this key. */
    void put(long key, long value) {
        if (key == 0) {
            hasZero = true;
            ofZero = value;
            return;
        }
        if (3 * (size + 1) > 2 * keys.length) {
            grow();
        }
        int slot = slot(key);
        if (keys[slot] == 0) {
            keys[slot] = key;
            size++;
        }
        values[slot] = value;
    }

    long get(long key, long otherwise) {
        if (key == 0) {
            return hasZero ? ofZero : otherwise;
        }
        int slot = slot(key);
        return keys[slot] == 0 ? otherwise : values[slot];
    }

    /** Each key once, in no order. */
    void keys(LongConsumer each) {
        if (hasZero) {
            each.accept(0);
        }
        for (long key : keys) {
            if (key != 0) {
                each.accept(key);
            }
        }
    }

    /** Where this key is, or belongs. */
    private int slot(long key) {
        int mask = keys.length - 1;
        int slot = (int) ((key * SPREAD) >>> 32) & mask;
        while (keys[slot] != 0 && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        long[] oldValues = values;
        keys = new long[2 * oldKeys.length];
        values = new long[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                values[slot] = oldValues[i];
            }
        }
    }
}
