package dev.asyncinspect.agent.jdk;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What any object refers to, read without running or loading anything of the program. */
final class ObjectFields {

    /*
     * Class.getDeclaredFields looks up the types of all fields, and for that may ask a class loader of the program, which may
     * run its code or wait for one of its locks. So the fields are taken from the constant pool, where those are named that the
     * class itself uses, and a type counts only if its loader has it already: else the field can hardly hold anything.
     */

    private static final Set<String> FIELDS = Set.of("FIELDREF");

    private final MethodHandles.Lookup lookup = MethodHandles.lookup();
    private final @Nullable ConstantPools pools;
    private final @Nullable MethodHandle loaded;
    private final Map<Class<?>, Map<String, VarHandle>> known = new HashMap<>();

    ObjectFields(JdkDoor door) {
        pools = ConstantPools.of(door);
        loaded = door.method(
                "java.lang.ClassLoader", "findLoadedClass0", MethodType.methodType(Class.class, String.class));
    }

    /** Whether this JDK lets them be read. */
    boolean available() {
        return pools != null && loaded != null;
    }

    /** Forgets the classes that were looked at: it keeps none of them alive until the next sample. */
    void forget() {
        known.clear();
    }

    /** All that this object or array refers to, as far as it can be read. */
    void references(Object object, Consumer<Object> each) {
        if (object instanceof Object[] elements) {
            for (Object element : elements) {
                accept(element, each);
            }
            return;
        }
        for (Class<?> type = object.getClass(); type != null && type != Object.class; type = type.getSuperclass()) {
            for (VarHandle field : of(type).values()) {
                if (!field.varType().isPrimitive()) {
                    accept(field.getVolatile(object), each);
                }
            }
        }
    }

    /**
     * All that this object or array refers to, as far as it can be read, with the field: {@code shop.Log.lines}; empty for an element of an
     * array.
     *
     * @param up fields of this class and of those above it are left out
     */
    void named(Object object, Class<?> up, BiConsumer<String, Object> each) {
        if (object instanceof Object[] elements) {
            for (Object element : elements) {
                accept(element, value -> each.accept("", value));
            }
            return;
        }
        for (Class<?> type = object.getClass();
                type != null && type != Object.class && type != up;
                type = type.getSuperclass()) {
            String owner = type.getName();
            of(type).forEach((name, field) -> {
                if (!field.varType().isPrimitive()) {
                    accept(field.getVolatile(object), value -> each.accept(owner + "." + name, value));
                }
            });
        }
    }

    /** What a field of this name, of its class or one above it, holds: an object or a number; null if nothing or none is found. */
    @Nullable
    Object value(Object object, String name) {
        for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
            VarHandle field = of(type).get(name);
            if (field != null) {
                return field.getVolatile(object);
            }
        }
        return null;
    }

    private Map<String, VarHandle> of(Class<?> type) {
        return known.computeIfAbsent(type, this::fields);
    }

    private static void accept(@Nullable Object value, Consumer<Object> each) {
        if (value != null) {
            each.accept(value);
        }
    }

    private Map<String, VarHandle> fields(Class<?> type) {
        if (pools == null || loaded == null) {
            return Map.of();
        }
        try {
            MethodHandles.Lookup inside = MethodHandles.privateLookupIn(type, lookup);
            Map<String, VarHandle> found = new LinkedHashMap<>();
            names(pools, type).forEach((name, descriptor) -> {
                VarHandle field = field(inside, loaded, type, name, descriptor);
                if (field != null) {
                    found.put(name, field);
                }
            });
            return found;
        } catch (Throwable e) {
            return Map.of(); // a module that does not open its packages, for instance
        }
    }

    /** Names and descriptors of the fields of this class that it uses itself. */
    private static Map<String, String> names(ConstantPools pools, Class<?> type) throws Throwable {
        Map<String, String> names = new LinkedHashMap<>();
        String own = type.getName().replace('.', '/');
        for (String[] reference : pools.members(type, FIELDS)) {
            if (type.isHidden() || reference[0].replace('.', '/').equals(own)) {
                names.put(reference[1], reference[2]);
            }
        }
        return names;
    }

    private static @Nullable VarHandle field(
            MethodHandles.Lookup inside, MethodHandle loaded, Class<?> owner, String name, String descriptor) {
        try {
            Class<?> type = typeOf(loaded, descriptor, owner);
            return type == null ? null : inside.findVarHandle(owner, name, type);
        } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
            return null; // a static field, for instance
        }
    }

    private static @Nullable Class<?> typeOf(MethodHandle loaded, String descriptor, Class<?> owner) {
        int dimensions = descriptor.lastIndexOf('[') + 1;
        if (descriptor.charAt(dimensions) != 'L') {
            return switch (descriptor) {
                case "J" -> long.class;
                case "I" -> int.class;
                case "F" -> float.class;
                default -> null;
            };
        }
        String name =
                descriptor.substring(dimensions + 1, descriptor.length() - 1).replace('/', '.');
        Class<?> type = named(loaded, name, owner);
        for (int i = 0; i < dimensions && type != null; i++) {
            type = type.arrayType();
        }
        return type;
    }

    private static @Nullable Class<?> named(MethodHandle loaded, String name, Class<?> owner) {
        if (name.equals(owner.getName())) {
            return owner;
        }
        try {
            ClassLoader loader = owner.getClassLoader();
            Class<?> found = loader == null ? null : (Class<?>) loaded.invoke(loader, name);
            return found != null ? found : name.startsWith("java.") ? Class.forName(name, false, null) : null;
        } catch (Throwable e) {
            return null;
        }
    }
}
