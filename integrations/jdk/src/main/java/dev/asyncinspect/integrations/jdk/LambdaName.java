package dev.asyncinspect.integrations.jdk;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/** Finds the method behind a lambda or method reference: {@code Shop.lambda$order$0}. */
final class LambdaName {

    /*
     * The class that the JDK spins for a lambda has the method in its constant pool. Reading that is exact, where a look at
     * the stack would only tell where the lambda was used first. Once for each class, never for each task.
     */

    private static final String ACCESS = "jdk.internal.access.JavaLangAccess";
    private static final String POOL = "jdk.internal.reflect.ConstantPool";

    /** So often a handle runs before the JDK makes a class for it alone, with some to spare. */
    private static final int UNTIL_SETTLED = 150;

    private static final @Nullable Class<?> POOL_TYPE = Insides.type(POOL);
    private static final @Nullable MethodHandle POOL_OF = poolOf();
    private static final @Nullable MethodHandle SIZE = ofPool("getSize", MethodType.methodType(int.class));
    private static final @Nullable MethodHandle MEMBER =
            ofPool("getMemberRefInfoAt", MethodType.methodType(String[].class, int.class));

    private LambdaName() {}

    private static @Nullable MethodHandle poolOf() {
        Class<?> access = Insides.type(ACCESS);
        Class<?> secrets = Insides.type("jdk.internal.access.SharedSecrets");
        if (access == null || secrets == null || POOL_TYPE == null) {
            return null;
        }
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            Object entrance = MethodHandles.privateLookupIn(secrets, lookup)
                    .findStatic(secrets, "getJavaLangAccess", MethodType.methodType(access))
                    .invoke();
            return MethodHandles.privateLookupIn(access, lookup)
                    .findVirtual(access, "getConstantPool", MethodType.methodType(POOL_TYPE, Class.class))
                    .bindTo(entrance);
        } catch (Throwable e) {
            return null; // this JDK keeps them elsewhere: lambdas have the name of their class then
        }
    }

    private static @Nullable MethodHandle ofPool(String name, MethodType type) {
        if (POOL_TYPE == null) {
            return null;
        }
        try {
            return MethodHandles.privateLookupIn(POOL_TYPE, MethodHandles.lookup())
                    .findVirtual(POOL_TYPE, name, type);
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null;
        }
    }

    /** Uses the handles until the JDK has settled how they run. */
    static void rehearse(Class<?> lambda) {
        for (int i = 0; i < UNTIL_SETTLED; i++) {
            entries(lambda);
        }
        for (int used = 0; used < UNTIL_SETTLED; used += Math.max(1, entries(lambda))) {
            of(lambda);
        }
    }

    private static int entries(Class<?> type) {
        if (POOL_OF == null || SIZE == null) {
            return 0;
        }
        try {
            return (int) SIZE.invoke(POOL_OF.invoke(type));
        } catch (Throwable e) {
            return 0;
        }
    }

    /** The method, null if it cannot be told. */
    static @Nullable String of(Class<?> lambda) {
        if (POOL_OF == null) {
            return null;
        }
        String found = null;
        String boxing = null;
        try {
            int entries = entries(lambda);
            Object pool = POOL_OF.invoke(lambda);
            for (int i = 1; i < entries; i++) {
                String name = method(pool, i);
                if (name != null && isBoxing(name)) {
                    boxing = name; // the method itself, or what the lambda does with an int that it hands on
                } else {
                    found = name == null ? found : name;
                }
            }
        } catch (Throwable e) {
            return null;
        }
        return found == null ? boxing : found;
    }

    private static boolean isBoxing(String name) {
        return name.startsWith("java.lang.") && name.endsWith(".valueOf");
    }

    private static @Nullable String method(Object pool, int index) {
        try {
            if (MEMBER == null) {
                return null;
            }
            String[] parts = (String[]) MEMBER.invoke(pool, index);
            boolean isMethod = parts[2].startsWith("(") && !parts[1].equals("<init>") && !parts[1].endsWith("Value");
            return isMethod ? parts[0].replace('/', '.') + "." + parts[1] : null;
        } catch (Throwable e) {
            return null; // an entry of another kind
        }
    }
}
