package dev.asyncinspect.agent.jdk;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names in the constant pools of classes, read as they stand there: no class is loaded for it and no loader asked. */
final class ConstantPools {

    private static final String CONSTANT_POOL = "jdk.internal.reflect.ConstantPool";
    private static final String ACCESS = "jdk.internal.access.JavaLangAccess";
    private static final int MOST_ENTRIES = 2_000;

    private final Object access;
    private final MethodHandle constantPool;
    private final MethodHandle size;
    private final MethodHandle tag;
    private final MethodHandle member;

    private ConstantPools(
            Object access, MethodHandle constantPool, MethodHandle size, MethodHandle tag, MethodHandle member) {
        this.access = access;
        this.constantPool = constantPool;
        this.size = size;
        this.tag = tag;
        this.member = member;
    }

    /** A reader of them; null if this JDK has none that we know. */
    static @Nullable ConstantPools of(JdkDoor door) {
        Class<?> accessType = door.type(ACCESS);
        Class<?> pool = door.type(CONSTANT_POOL);
        Class<?> tagType = door.type(CONSTANT_POOL + "$Tag");
        if (accessType == null || pool == null || tagType == null) {
            return null;
        }
        MethodHandle shared = door.method(
                "jdk.internal.access.SharedSecrets", "getJavaLangAccess", MethodType.methodType(accessType));
        MethodHandle constantPool = door.method(ACCESS, "getConstantPool", MethodType.methodType(pool, Class.class));
        MethodHandle size = door.method(CONSTANT_POOL, "getSize", MethodType.methodType(int.class));
        MethodHandle tag = door.method(CONSTANT_POOL, "getTagAt", MethodType.methodType(tagType, int.class));
        MethodHandle member =
                door.method(CONSTANT_POOL, "getMemberRefInfoAt", MethodType.methodType(String[].class, int.class));
        if (shared == null || constantPool == null || size == null || tag == null || member == null) {
            return null;
        }
        try {
            return new ConstantPools(shared.invoke(), constantPool, size, tag, member);
        } catch (Throwable e) {
            return null;
        }
    }

    /**
     * The members that the code of this class uses: binary name of the owner with slashes, name, descriptor.
     *
     * @param tags kinds of constants: {@code FIELDREF}, {@code METHODREF}, {@code INTERFACEMETHODREF}
     */
    List<String[]> members(Class<?> type, Set<String> tags) throws Throwable {
        Object pool = constantPool.invoke(access, type);
        List<String[]> found = new ArrayList<>();
        int entries = Math.min((int) size.invoke(pool), MOST_ENTRIES);
        for (int i = 1; i < entries; i++) {
            if (tags.contains(tag.invoke(pool, i).toString())) {
                found.add((String[]) member.invoke(pool, i));
            }
        }
        return found;
    }
}
