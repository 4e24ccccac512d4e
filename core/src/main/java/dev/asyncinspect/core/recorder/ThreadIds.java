package dev.asyncinspect.core.recorder;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** The id of a thread, which no subclass of {@code Thread} can change where the JDK allows that. */
public final class ThreadIds {

    /** {@code Thread.threadId()} from JDK 19 on, {@code getId()} before, which a subclass may override. */
    private static final MethodHandle ID = find();

    private ThreadIds() {}

    /** The id of the current thread. */
    public static long current() {
        return of(Thread.currentThread());
    }

    /** The id of this thread. */
    public static long of(Thread thread) {
        try {
            return (long) ID.invokeExact(thread);
        } catch (Throwable e) {
            throw new AssertionError("the id of a thread cannot fail", e);
        }
    }

    /** The greatest id so far, for which one is given away; so much greater ids no thread has yet. */
    public static long newest() {
        return of(new Thread(null, () -> {}, "async-inspect-id", 0, false));
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
