package dev.asyncinspect.agent.jdk;

import dev.asyncinspect.core.rows.Relation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/** Tells which method of the program a queued piece of work will run, also behind lambdas and method references. */
final class UserMethods {

    /*
     * The JVM makes a hidden class for each lambda and method reference. Its constant pool names the method that it calls;
     * the names are read as they stand there, so that no class is loaded and no loader of the program asked. Beside that
     * method there are only the constructor of Object, and calls that box or unbox. A constructor
     * reference keeps the name of its hidden class.
     *
     * What the JDK puts around a piece of work is taken off first.
     */

    private static final String CONSTANT_POOL = "jdk.internal.reflect.ConstantPool";
    private static final String ACCESS = "jdk.internal.access.JavaLangAccess";
    private static final String METHOD = "METHODREF";
    private static final String INTERFACE_METHOD = "INTERFACEMETHODREF";
    private static final int MOST_ENTRIES = 1_000;
    private static final int MOST_WRAPPERS = 4;

    private final @Nullable Object access;
    private final @Nullable MethodHandle constantPool;
    private final @Nullable MethodHandle size;
    private final @Nullable MethodHandle tag;
    private final @Nullable MethodHandle member;
    private final Map<String, FieldReader> wrappers;
    private final Map<Class<?>, String> known = new WeakHashMap<>();

    UserMethods(JdkDoor door) {
        Class<?> pool = door.type(CONSTANT_POOL);
        Class<?> accessType = door.type(ACCESS);
        Class<?> tagType = door.type(CONSTANT_POOL + "$Tag");
        access = accessType == null ? null : access(door, accessType);
        constantPool =
                pool == null ? null : door.method(ACCESS, "getConstantPool", MethodType.methodType(pool, Class.class));
        size = door.method(CONSTANT_POOL, "getSize", MethodType.methodType(int.class));
        tag = tagType == null
                ? null
                : door.method(CONSTANT_POOL, "getTagAt", MethodType.methodType(tagType, int.class));
        member = door.method(CONSTANT_POOL, "getMemberRefInfoAt", MethodType.methodType(String[].class, int.class));
        String executors = "java.util.concurrent.Executors$";
        wrappers = Map.of(
                executors + "RunnableAdapter", door.fieldIfAny(executors + "RunnableAdapter", "task"),
                executors + "PrivilegedCallable", door.fieldIfAny(executors + "PrivilegedCallable", "task"));
    }

    private static @Nullable Object access(JdkDoor door, Class<?> type) {
        MethodHandle shared =
                door.method("jdk.internal.access.SharedSecrets", "getJavaLangAccess", MethodType.methodType(type));
        try {
            return shared == null ? null : shared.invoke();
        } catch (Throwable e) {
            return null;
        }
    }

    /** Tells of this object that it will run that work. */
    void tell(Object of, @Nullable Object work, Sample sample) {
        Object inner = work;
        for (int i = 0; i < MOST_WRAPPERS && inner != null; i++) {
            FieldReader wrapped = wrappers.get(inner.getClass().getName());
            if (wrapped == null) {
                break;
            }
            inner = wrapped.get(inner);
        }
        if (inner != null) {
            sample.text(of, Relation.USER_METHOD, known.computeIfAbsent(inner.getClass(), this::method));
        }
    }

    /** {@code shop.Orders.load}: of a class that is no lambda only its name. */
    private String method(Class<?> type) {
        String name = type.getName();
        if (!type.isHidden() || !name.contains("$$Lambda")) {
            return name;
        }
        try {
            String method = access == null || constantPool == null ? null : called(constantPool.invoke(access, type));
            return method == null ? name : method;
        } catch (Throwable e) {
            return name;
        }
    }

    private @Nullable String called(Object pool) throws Throwable {
        if (size == null || tag == null || member == null) {
            return null;
        }
        String found = null;
        int entries = Math.min((int) size.invoke(pool), MOST_ENTRIES);
        for (int i = 1; i < entries; i++) {
            String kind = tag.invoke(pool, i).toString();
            if (kind.equals(METHOD) || kind.equals(INTERFACE_METHOD)) {
                String[] reference = (String[]) member.invoke(pool, i);
                String owner = reference[0].replace('/', '.');
                boolean better = found == null || !owner.startsWith("java.lang.");
                if (better && !isMeans(owner, reference[1])) {
                    found = owner + "." + reference[1];
                }
            }
        }
        return found;
    }

    private static boolean isMeans(String owner, String method) {
        boolean boxes = owner.startsWith("java.lang.") && (method.equals("valueOf") || method.endsWith("Value"));
        return boxes || method.equals("<init>") || owner.startsWith("java.lang.invoke.");
    }
}
