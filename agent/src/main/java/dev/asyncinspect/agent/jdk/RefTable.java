package dev.asyncinspect.agent.jdk;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Numbers for objects: the same number for the same object as long as both live, and keeps none of them alive. */
final class RefTable {

    private final Map<Key, Integer> numbers = new HashMap<>();
    private final ReferenceQueue<Object> gone = new ReferenceQueue<>();
    private int last;

    /** The number of this object, 0 for none. */
    int of(@Nullable Object object) {
        if (object == null) {
            return 0;
        }
        forget();
        Key key = new Key(object, gone);
        Integer known = numbers.get(key);
        if (known == null) {
            known = ++last;
            numbers.put(key, known);
        }
        return known;
    }

    int size() {
        forget();
        return numbers.size();
    }

    private void forget() {
        for (Reference<?> reference = gone.poll(); reference != null; reference = gone.poll()) {
            numbers.remove(reference);
        }
    }

    /** An object by identity. Equal to itself also after the object is gone, so that it can be removed. */
    private static final class Key extends WeakReference<Object> {

        private final int hash;

        Key(Object object, ReferenceQueue<Object> queue) {
            super(object, queue);
            hash = System.identityHashCode(object);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            if (this == other) {
                return true;
            }
            Object object = get();
            return object != null && other instanceof Key that && that.refersTo(object);
        }
    }
}
