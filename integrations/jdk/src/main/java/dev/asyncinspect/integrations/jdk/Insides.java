package dev.asyncinspect.integrations.jdk;

import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields inside the JDK that actions read. What this JDK does not have is null, and the actions do without. */
final class Insides {

    private static final Set<String> PACKAGES = Set.of(
            "java.lang",
            "java.util.concurrent",
            "java.util.concurrent.locks",
            "jdk.internal.access",
            "jdk.internal.misc",
            "jdk.internal.reflect");

    private Insides() {}

    /** Opens the packages to our own module and to nobody else. Before anything here is looked up. */
    static void open(Instrumentation instrumentation) {
        Module base = Object.class.getModule();
        Set<Module> us = Set.of(Insides.class.getModule());
        Map<String, Set<Module>> opens = new HashMap<>();
        for (String name : PACKAGES) {
            if (base.getPackages().contains(name)) {
                opens.put(name, us);
            }
        }
        instrumentation.redefineModule(base, Set.of(), Map.of(), opens, Set.of(), Map.of());
    }

    static @Nullable Class<?> type(String name) {
        try {
            return Class.forName(name, false, null);
        } catch (ClassNotFoundException | LinkageError e) {
            return null;
        }
    }

    static @Nullable VarHandle field(String className, String name) {
        Class<?> type = type(className);
        if (type == null) {
            return null;
        }
        try {
            return MethodHandles.privateLookupIn(type, MethodHandles.lookup())
                    .unreflectVarHandle(type.getDeclaredField(name));
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null;
        }
    }

    static boolean hasMethod(Class<?> type, String name) {
        try {
            for (Method method : type.getDeclaredMethods()) {
                if (method.getName().equals(name)) {
                    return true;
                }
            }
            return false;
        } catch (LinkageError e) {
            return false;
        }
    }

    /** An int constant of a class; -1 if it has no such. */
    static int constant(String className, String name) {
        VarHandle constant = field(className, name);
        try {
            return constant == null ? -1 : (int) constant.get();
        } catch (RuntimeException e) {
            return -1; // it is none of a class, or no int
        }
    }
}
