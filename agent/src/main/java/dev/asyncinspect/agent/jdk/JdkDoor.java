package dev.asyncinspect.agent.jdk;

import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The one door to the JDK's insides: what is not there on this JDK is written down, and the readers do without. */
final class JdkDoor {

    /*
     * Opens a few packages of java.base to our own unnamed module and to nobody else; the program's access stays as it was.
     * Everything is looked up once, when the readers are made, so that a JDK that moved a field is noticed then and told in
     * the answer, and not in the middle of a sample.
     */

    private static final Set<String> PACKAGES = Set.of(
            "java.lang",
            "java.util",
            "java.util.concurrent",
            "java.util.concurrent.atomic",
            "java.util.concurrent.locks",
            "jdk.internal.access",
            "jdk.internal.misc",
            "jdk.internal.reflect",
            "jdk.internal.vm");

    private final MethodHandles.Lookup lookup = MethodHandles.lookup();
    private final Set<String> missing = new LinkedHashSet<>();
    private final Set<String> closed;

    private JdkDoor(Set<String> closed) {
        this.closed = closed;
    }

    static JdkDoor open(Instrumentation instrumentation) {
        return open(instrumentation, Set.of());
    }

    /**
     * Opens the door.
     *
     * @param closed names of classes that are treated as not there, for tests
     */
    static JdkDoor open(Instrumentation instrumentation, Set<String> closed) {
        Module base = Object.class.getModule();
        Set<Module> us = Set.of(JdkDoor.class.getModule());
        Map<String, Set<Module>> opens = new HashMap<>();
        for (String name : PACKAGES) {
            if (base.getPackages().contains(name)) {
                opens.put(name, us);
            }
        }
        instrumentation.redefineModule(base, Set.of(), Map.of(), opens, Set.of(), Map.of());
        return new JdkDoor(closed);
    }

    /** What was looked for in vain: {@code java.lang.Thread.holder}. */
    Set<String> missing() {
        return missing;
    }

    /** The class, null if this JDK has none of that name. */
    @Nullable
    Class<?> type(String className) {
        try {
            return closed.contains(className) ? null : Class.forName(className, false, null);
        } catch (ClassNotFoundException | LinkageError e) {
            return null;
        }
    }

    /** The field, whose absence is told. */
    FieldReader field(String className, String name) {
        FieldReader field = fieldIfAny(className, name);
        if (!field.exists()) {
            missing.add(className + "." + name);
        }
        return field;
    }

    /** A field that only some JDKs have. */
    FieldReader fieldIfAny(String className, String name) {
        Class<?> type = type(className);
        try {
            return new FieldReader(
                    type == null
                            ? null
                            : MethodHandles.privateLookupIn(type, lookup)
                                    .unreflectVarHandle(type.getDeclaredField(name)));
        } catch (ReflectiveOperationException | RuntimeException e) {
            return new FieldReader(null);
        }
    }

    /** A whole number that a class has as a constant; {@code otherwise} if this JDK has none of that name. */
    int constant(String className, String name, int otherwise) {
        Class<?> type = type(className);
        try {
            return type == null
                    ? otherwise
                    : (int) MethodHandles.privateLookupIn(type, lookup)
                            .findStaticVarHandle(type, name, int.class)
                            .get();
        } catch (ReflectiveOperationException | RuntimeException e) {
            return otherwise;
        }
    }

    /** A method of this class itself, whatever the class of the object overrides; null if this JDK has none. */
    @Nullable
    MethodHandle ownMethod(Class<?> owner, String name, MethodType type) {
        try {
            return MethodHandles.privateLookupIn(owner, lookup).findSpecial(owner, name, type, owner);
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null;
        }
    }

    /** A method, that no class of the program can override; null if this JDK has none. */
    @Nullable
    MethodHandle method(String className, String name, MethodType type) {
        Class<?> owner = type(className);
        try {
            if (owner == null) {
                return null;
            }
            MethodHandles.Lookup inside = MethodHandles.privateLookupIn(owner, lookup);
            return Modifier.isStatic(
                            owner.getDeclaredMethod(name, type.parameterArray()).getModifiers())
                    ? inside.findStatic(owner, name, type)
                    : inside.findVirtual(owner, name, type);
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null;
        }
    }
}
