package dev.asyncinspect.core.recorder;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** The id of a thread, which no subclass of {@code Thread} can change where the JDK allows that. */
public final class ThreadIds {

    /*
     * The field itself, for an agent that has it open: no class is spun for that, while for each shape of a method handle the JDK makes
     * some, and a program that is recorded from its start would wait. Compiled it is the same.
     */

    /** {@code Thread.tid}; null if it is not open to us. */
    private static final @Nullable VarHandle FIELD = field();

    /** For who has it not open; made if it is needed. */
    private static final class ByCall {

        /** {@code Thread.threadId()} from JDK 19 on, {@code getId()} before, which a subclass may override. */
        static final MethodHandle ID = find();

        private ByCall() {}
    }

    private ThreadIds() {}

    /** The id of the current thread. */
    public static long current() {
        return of(Thread.currentThread());
    }

    /** The id of this thread. */
    public static long of(Thread thread) {
        VarHandle field = FIELD;
        if (field != null) {
            return (long) field.get(thread);
        }
        try {
            return (long) ByCall.ID.invokeExact(thread);
        } catch (Throwable e) {
            throw new AssertionError("the id of a thread cannot fail", e);
        }
    }

    /** The greatest id so far, for which one is given away; so much greater ids no thread has yet. */
    public static long newest() {
        return of(new Thread(null, null, "async-inspect-id", 0, false));
    }

    private static @Nullable VarHandle field() {
        try {
            return MethodHandles.privateLookupIn(Thread.class, MethodHandles.lookup())
                    .findVarHandle(Thread.class, "tid", long.class);
        } catch (ReflectiveOperationException e) {
            return null; // the usual case where we are a library
        }
    }

    private static MethodHandle find() {
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        MethodType type = MethodType.methodType(long.class);
        try {
            return lookup.findVirtual(Thread.class, "threadId", type);
        } catch (ReflectiveOperationException beforeJdk19) {
            try {
                return lookup.findVirtual(Thread.class, "getId", type);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }
    }
}
