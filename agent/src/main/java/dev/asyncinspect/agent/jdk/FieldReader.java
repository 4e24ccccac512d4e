package dev.asyncinspect.agent.jdk;

import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** Reads one field of a JDK class; of a JDK that has no such field it reads nothing. */
final class FieldReader {

    private final @Nullable VarHandle field;

    FieldReader(@Nullable VarHandle field) {
        this.field = field;
    }

    /** Whether this JDK has the field. */
    boolean exists() {
        return field != null;
    }

    /** What the field refers to now; null if it refers to nothing or does not exist. */
    @Nullable
    Object get(Object owner) {
        return field == null ? null : field.getVolatile(owner);
    }

    /** The number in the field; {@code otherwise} if it does not exist. */
    long number(Object owner, long otherwise) {
        Object value = get(owner);
        return value instanceof Number number ? number.longValue() : otherwise;
    }

    /** The thread that the field refers to, null if none. */
    @Nullable
    Thread thread(Object owner) {
        return get(owner) instanceof Thread thread ? thread : null;
    }
}
