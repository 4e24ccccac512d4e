package dev.asyncinspect.integrations.jdk;

import dev.asyncinspect.weaving.internal.ClassConstants;
import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/** The constant pool of a class, read as it stands there: no class is loaded for it, and no loader asked. What this JDK does not let us read is null. */
final class Constants {

    private static final ClassConstants CONSTANTS = ClassConstants.make();

    private Constants() {}

    /** The pool of a class; null if this JDK does not let us. */
    static @Nullable Object of(Class<?> type) {
        try {
            return CONSTANTS.of(type);
        } catch (LinkageError e) {
            return null; // it keeps them elsewhere: who asks does without
        }
    }

    /** How many entries a pool has, the first of which is none. */
    static int size(Object pool) {
        try {
            return CONSTANTS.size(pool);
        } catch (LinkageError e) {
            return 0;
        }
    }

    /** Owner with slashes, name and descriptor of a member; null if the entry is none. */
    static String @Nullable [] member(Object pool, int index) {
        try {
            return CONSTANTS.member(pool, index);
        } catch (IllegalArgumentException | LinkageError e) {
            return null; // an entry of another kind
        }
    }

    /** The field of that descriptor; null if the entry is none, or if the class that has the field is not loaded. */
    static @Nullable Field loadedField(Object pool, int index, String descriptor) {
        try {
            if (!CONSTANTS.isField(pool, index)) {
                return null;
            }
            String[] member = CONSTANTS.member(pool, index);
            return member == null || !member[2].equals(descriptor) ? null : CONSTANTS.loadedField(pool, index);
        } catch (IllegalArgumentException | LinkageError e) {
            return null;
        }
    }
}
