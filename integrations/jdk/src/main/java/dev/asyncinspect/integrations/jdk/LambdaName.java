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

    private final @Nullable MethodHandle poolOf;
    private final @Nullable MethodHandle size;
    private final @Nullable MethodHandle member;

    LambdaName() {
        Class<?> access = Insides.type(ACCESS);
        Class<?> secrets = Insides.type("jdk.internal.access.SharedSecrets");
        Class<?> pool = Insides.type(POOL);
        MethodHandle foundPool = null;
        MethodHandle foundSize = null;
        MethodHandle foundMember = null;
        if (access != null && secrets != null && pool != null) {
            try {
                MethodHandles.Lookup lookup = MethodHandles.lookup();
                Object entrance = MethodHandles.privateLookupIn(secrets, lookup)
                        .findStatic(secrets, "getJavaLangAccess", MethodType.methodType(access))
                        .invoke();
                foundPool = MethodHandles.privateLookupIn(access, lookup)
                        .findVirtual(access, "getConstantPool", MethodType.methodType(pool, Class.class))
                        .bindTo(entrance);
                MethodHandles.Lookup inside = MethodHandles.privateLookupIn(pool, lookup);
                foundSize = inside.findVirtual(pool, "getSize", MethodType.methodType(int.class));
                foundMember = inside.findVirtual(
                        pool, "getMemberRefInfoAt", MethodType.methodType(String[].class, int.class));
            } catch (Throwable e) {
                foundPool = null; // this JDK keeps them elsewhere: lambdas have the name of their class then
            }
        }
        poolOf = foundPool;
        size = foundSize;
        member = foundMember;
    }

    /** The method, null if it cannot be told. */
    @Nullable
    String of(Class<?> lambda) {
        if (poolOf == null || size == null || member == null) {
            return null;
        }
        String found = null;
        try {
            Object pool = poolOf.invoke(lambda);
            int entries = (int) size.invoke(pool);
            for (int i = 1; i < entries; i++) {
                String name = method(pool, i);
                found = name == null ? found : name;
            }
        } catch (Throwable e) {
            return null;
        }
        return found;
    }

    private @Nullable String method(Object pool, int index) {
        try {
            if (member == null) {
                return null;
            }
            String[] parts = (String[]) member.invoke(pool, index);
            boolean isMethod = parts[2].startsWith("(") && !parts[1].equals("<init>") && !parts[1].endsWith("Value");
            return isMethod ? parts[0].replace('/', '.') + "." + parts[1] : null;
        } catch (Throwable e) {
            return null; // an entry of another kind
        }
    }
}
