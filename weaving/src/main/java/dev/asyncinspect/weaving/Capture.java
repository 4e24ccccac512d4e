package dev.asyncinspect.weaving;

import org.jspecify.annotations.Nullable;

/**
 * A value that woven code hands to a hook.
 *
 * @param kind where it comes from
 * @param index of an argument, counted from 0 without the object itself
 * @param field of the object, null unless it is one
 * @param number a constant
 */
public record Capture(Kind kind, int index, @Nullable String field, long number) {

    /** Where a value comes from. */
    public enum Kind {
        /** The object whose method it is. */
        SELF,
        /** An argument of the method, as the variable stands at that place. */
        ARGUMENT,
        /** A field of the object. */
        FIELD,
        /** What lies on top of the stack: the last argument of a call, or a result. */
        TOP,
        /** What lies below the top of the stack; only together with {@link #TOP}, and before it. */
        UNDER,
        /** An int argument where the top of the stack is true, 0 where it is false: what a method returns that tries. */
        ARGUMENT_IF_TOP,
        /** A number that is always the same. */
        CONSTANT
    }

    public static Capture self() {
        return new Capture(Kind.SELF, 0, null, 0);
    }

    public static Capture argument(int index) {
        return new Capture(Kind.ARGUMENT, index, null, 0);
    }

    public static Capture field(String name) {
        return new Capture(Kind.FIELD, 0, name, 0);
    }

    public static Capture top() {
        return new Capture(Kind.TOP, 0, null, 0);
    }

    public static Capture argumentIfTop(int index) {
        return new Capture(Kind.ARGUMENT_IF_TOP, index, null, 0);
    }

    public static Capture under() {
        return new Capture(Kind.UNDER, 0, null, 0);
    }

    public static Capture constant(long number) {
        return new Capture(Kind.CONSTANT, 0, null, number);
    }
}
