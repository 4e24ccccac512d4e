package dev.asyncinspect.integrations.jdk;

import java.lang.StackWalker.StackFrame;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Says of a scoped value how it is called and where the current thread reads it: {@code Shop.USER, read at Shop.pay(Shop.java:41)}. */
final class ScopedReads {

    /*
     * A scoped value has no name. The class that reads it, or one that has called that, has in its constant pool which fields of that type it
     * uses; the one that holds this very value is its name. Of a pool only what is resolved is looked at and fields are read without access checks, so that no class
     * is loaded or initialised and no code of the program runs. Once for each value: names are kept by hash, some hundred of them.
     */

    private static final String DESCRIPTOR = "Ljava/lang/ScopedValue;";
    private static final int MOST_READERS = 8;
    private static final int MOST_ENTRIES = 20_000;
    private static final int PLACES = 256;

    private static final @Nullable Class<?> UNSAFE = Insides.type("jdk.internal.misc.Unsafe");
    private static final @Nullable MethodHandle BASE =
            unsafe("staticFieldBase", MethodType.methodType(Object.class, Field.class));
    private static final @Nullable MethodHandle OFFSET =
            unsafe("staticFieldOffset", MethodType.methodType(long.class, Field.class));
    private static final @Nullable MethodHandle READ =
            unsafe("getReference", MethodType.methodType(Object.class, Object.class, long.class));

    private final AtomicReferenceArray<@Nullable Named> names = new AtomicReferenceArray<>(PLACES);

    private record Named(long hash, String name) {}

    private static @Nullable MethodHandle unsafe(String method, MethodType type) {
        if (UNSAFE == null) {
            return null;
        }
        try {
            MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(UNSAFE, MethodHandles.lookup());
            Object one = lookup.findStatic(UNSAFE, "getUnsafe", MethodType.methodType(UNSAFE))
                    .invoke();
            return lookup.findVirtual(UNSAFE, method, type).bindTo(one);
        } catch (Throwable e) {
            return null; // values have no names then
        }
    }

    /** The current thread is about to read this value. */
    String describe(Object value) {
        List<StackFrame> readers = Lines.nearest(MOST_READERS);
        String name = name(value, readers);
        return readers.isEmpty() ? name : name + ", read at " + Lines.text(readers.get(0));
    }

    private String name(Object value, List<StackFrame> readers) {
        long hash = ScopedBindings.hash(value);
        int place = (int) hash & (PLACES - 1);
        Named known = names.get(place);
        if (known != null && known.hash == hash) {
            return known.name;
        }
        String name = null;
        for (int i = 0; i < readers.size() && name == null; i++) {
            name = field(value, readers.get(i).getDeclaringClass());
        }
        if (name == null) {
            name = "java.lang.ScopedValue@" + Integer.toHexString((int) hash);
        }
        names.set(place, new Named(hash, name));
        return name;
    }

    private static @Nullable String field(Object value, Class<?> reader) {
        Object pool = Constants.of(reader);
        int entries = pool == null ? 0 : Math.min(Constants.size(pool), MOST_ENTRIES);
        for (int i = 1; pool != null && i < entries; i++) {
            Field field = Constants.loadedField(pool, i, DESCRIPTOR);
            if (field != null && holds(field, value)) {
                return field.getDeclaringClass().getName() + "." + field.getName();
            }
        }
        return null;
    }

    @SuppressWarnings("ReferenceEquality") // the very object is meant
    private static boolean holds(Field field, Object value) {
        if (!Modifier.isStatic(field.getModifiers()) || BASE == null || OFFSET == null || READ == null) {
            return false;
        }
        try {
            return READ.invoke(BASE.invoke(field), (long) OFFSET.invoke(field)) == value;
        } catch (Throwable e) {
            return false;
        }
    }
}
