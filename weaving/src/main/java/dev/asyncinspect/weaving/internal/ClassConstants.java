package dev.asyncinspect.weaving.internal;

import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/**
 * The constant pools of classes, as the JVM has them ({@code jdk.internal.reflect.ConstantPool}). For who has the packages
 * {@code jdk.internal.access} and {@code jdk.internal.reflect} open; a JDK that keeps them elsewhere throws {@link LinkageError}.
 */
public interface ClassConstants {

    /*
     * Our code is compiled for what the JDK exports, so the class with the calls is made. Method handles do the same, but each kind of call has
     * the JDK spin a class, and after a hundred calls one more: that took a twelfth of the start of a recording.
     */

    /** The pool of a class. */
    @Nullable
    Object of(Class<?> type);

    /** How many entries it has, the unused first one included. */
    int size(Object pool);

    /**
     * Class, name and descriptor of the field or method that an entry refers to.
     *
     * @throws IllegalArgumentException if it is an entry of another kind
     */
    String @Nullable [] member(Object pool, int index);

    /** What kind of entry it is: {@code FIELDREF}. */
    Object tag(Object pool, int index);

    /** Whether an entry refers to a field. */
    default boolean isField(Object pool, int index) {
        return "FIELDREF".equals(tag(pool, index).toString());
    }

    /**
     * The field that an entry refers to; null if the class that has it is not loaded.
     *
     * @throws IllegalArgumentException if it is an entry of another kind
     */
    @Nullable
    Field loadedField(Object pool, int index);

    /** Makes a reader. */
    static ClassConstants make() {
        try {
            return (ClassConstants) MethodHandles.lookup()
                    .defineHiddenClass(ClassConstantsCode.bytes(), true)
                    .lookupClass()
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("this JVM does not take our reader of constants", e);
        }
    }
}
