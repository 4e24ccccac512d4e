package dev.asyncinspect.core.fold;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A hash map from ids to objects that does not box: 12 to 24 bytes an entry. Id 0 is not used. Not for several threads. */
final class LongMap<V> {

    /* Open addressing, linear probing. An entry is removed by moving up those behind it (Knuth, volume 3, 6.4, algorithm R), so nothing is
     * left behind by millions of short tasks. */

    private static final int FIRST_CAPACITY = 64;
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long[] keys = new long[FIRST_CAPACITY];
    private @Nullable Object[] values = new @Nullable Object[FIRST_CAPACITY];
    private int size;

    @SuppressWarnings("unchecked") // only put stores, and it takes V
    @Nullable
    V get(long key) {
        int at = find(key);
        return keys[at] == key ? (V) values[at] : null;
    }

    void put(long key, V value) {
        if (key == 0) {
            throw new IllegalArgumentException("0 is no id");
        }
        int at = find(key);
        if (keys[at] != key) {
            if ((size + 1) * 3 > keys.length * 2) {
                resize(keys.length * 2);
                at = find(key);
            }
            keys[at] = key;
            size++;
        }
        values[at] = value;
    }

    void remove(long key) {
        int hole = find(key);
        if (key == 0 || keys[hole] != key) {
            return;
        }
        size--;
        int mask = keys.length - 1;
        int at = hole;
        while (true) {
            at = (at + 1) & mask;
            if (keys[at] == 0) {
                break;
            }
            int home = home(keys[at]);
            if (((at - home) & mask) >= ((at - hole) & mask)) {
                keys[hole] = keys[at];
                values[hole] = values[at];
                hole = at;
            }
        }
        keys[hole] = 0;
        values[hole] = null;
        if (keys.length > FIRST_CAPACITY && size * 8 < keys.length) {
            resize(keys.length / 2);
        }
    }

    int size() {
        return size;
    }

    @SuppressWarnings("unchecked") // only put stores, and it takes V
    void forEach(Consumer<? super V> action) {
        for (Object value : values) {
            if (value != null) {
                action.accept((V) value);
            }
        }
    }

    private int find(long key) {
        int mask = keys.length - 1;
        int at = home(key);
        while (keys[at] != key && keys[at] != 0) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private int home(long key) {
        return (int) ((key * GOLDEN) >>> 32) & (keys.length - 1);
    }

    private void resize(int capacity) {
        long[] oldKeys = keys;
        @Nullable Object[] oldValues = values;
        keys = new long[capacity];
        values = new @Nullable Object[capacity];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                int at = find(oldKeys[i]);
                keys[at] = oldKeys[i];
                values[at] = oldValues[i];
            }
        }
    }
}
