package dev.asyncinspect.integrations.jdk;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/** The constant pool of a class, read as it stands there: no class is loaded for it, and no loader asked. */
final class Constants {

    private static final String ACCESS = "jdk.internal.access.JavaLangAccess";
    private static final String POOL = "jdk.internal.reflect.ConstantPool";

    private static final @Nullable Class<?> POOL_TYPE = Insides.type(POOL);
    private static final @Nullable Class<?> TAG_TYPE = Insides.type(POOL + "$Tag");
    private static final @Nullable MethodHandle POOL_OF = poolOf();
    private static final @Nullable MethodHandle SIZE = ofPool("getSize", MethodType.methodType(int.class));
    private static final @Nullable MethodHandle MEMBER =
            ofPool("getMemberRefInfoAt", MethodType.methodType(String[].class, int.class));
    private static final @Nullable MethodHandle TAG =
            TAG_TYPE == null ? null : ofPool("getTagAt", MethodType.methodType(TAG_TYPE, int.class));
    private static final @Nullable MethodHandle LOADED_FIELD =
            ofPool("getFieldAtIfLoaded", MethodType.methodType(Field.class, int.class));

    private Constants() {}

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
            return null; // this JDK keeps them elsewhere: who asks does without
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

    /** The pool of a class; null if this JDK does not let us. */
    static @Nullable Object of(Class<?> type) {
        try {
            return POOL_OF == null ? null : POOL_OF.invoke(type);
        } catch (Throwable e) {
            return null;
        }
    }

    /** How many entries a pool has, the first of which is none. */
    static int size(Object pool) {
        try {
            return SIZE == null ? 0 : (int) SIZE.invoke(pool);
        } catch (Throwable e) {
            return 0;
        }
    }

    /** Owner with slashes, name and descriptor of a member; null if the entry is none. */
    static String @Nullable [] member(Object pool, int index) {
        try {
            return MEMBER == null ? null : (String[]) MEMBER.invoke(pool, index);
        } catch (Throwable e) {
            return null; // an entry of another kind
        }
    }

    /** The field of that descriptor; null if the entry is none, or if the class that has the field is not loaded. */
    static @Nullable Field loadedField(Object pool, int index, String descriptor) {
        try {
            if (TAG == null
                    || LOADED_FIELD == null
                    || !"FIELDREF".equals(TAG.invoke(pool, index).toString())) {
                return null;
            }
            String[] member = member(pool, index);
            return member == null || !member[2].equals(descriptor) ? null : (Field) LOADED_FIELD.invoke(pool, index);
        } catch (Throwable e) {
            return null;
        }
    }
}
