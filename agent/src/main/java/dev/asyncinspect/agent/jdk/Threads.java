package dev.asyncinspect.agent.jdk;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/** What a thread is, asked without running a line of the program: subclasses of Thread may override what is asked. */
final class Threads {

    private static final String VIRTUAL_THREAD = "java.lang.VirtualThread";
    private static final String WRAPPER = "java.lang.VirtualThread$VThreadContinuation$1";

    private final FieldReader id;
    private final FieldReader carrier;
    private final FieldReader termination;
    private final FieldReader latchSync;
    private final FieldReader holder;
    private final FieldReader heldTask;
    private final FieldReader target;
    private final FieldReader continuation;
    private final FieldReader continuationTarget;
    private final FieldReader virtualTask;
    private final @Nullable Class<?> virtualType;
    private final @Nullable MethodHandle state;

    Threads(JdkDoor door) {
        id = door.field("java.lang.Thread", "tid");
        virtualType = door.type(VIRTUAL_THREAD);
        carrier = door.fieldIfAny(VIRTUAL_THREAD, "carrierThread");
        termination = door.fieldIfAny(VIRTUAL_THREAD, "termination");
        latchSync = door.field("java.util.concurrent.CountDownLatch", "sync");
        holder = door.fieldIfAny("java.lang.Thread", "holder");
        heldTask = door.fieldIfAny("java.lang.Thread$FieldHolder", "task");
        target = door.fieldIfAny("java.lang.Thread", "target");
        continuation = door.fieldIfAny(VIRTUAL_THREAD, "cont");
        continuationTarget = door.fieldIfAny("jdk.internal.vm.Continuation", "target");
        virtualTask = door.fieldIfAny(WRAPPER, "val$task");
        state = state(door);
    }

    /** JDK 19 and later ask {@code threadState()}, which programs cannot override; before, Thread's own getState. */
    private static @Nullable MethodHandle state(JdkDoor door) {
        MethodType type = MethodType.methodType(Thread.State.class);
        MethodHandle found = door.method("java.lang.Thread", "threadState", type);
        return found != null ? found : door.ownMethod(Thread.class, "getState", type);
    }

    long id(Thread thread) {
        return id.number(thread, 0);
    }

    boolean isVirtual(Thread thread) {
        return virtualType != null && virtualType.isInstance(thread);
    }

    /** Its state; of a thread whose state cannot be asked safely, null. */
    Thread.@Nullable State state(Thread thread) {
        try {
            return state == null ? null : (Thread.State) state.invoke(thread);
        } catch (Throwable e) {
            return null;
        }
    }

    /** The thread that a virtual thread is mounted on, 0 if none. */
    long carrier(Thread virtual) {
        Thread on = carrier.exists() ? carrier.thread(virtual) : null;
        return on == null ? 0 : id(on);
    }

    /** What those park on who wait for the end of a virtual thread; null if nobody does. */
    @Nullable
    Object termination(Thread virtual) {
        Object latch = termination.get(virtual);
        return latch == null ? null : latchSync.get(latch);
    }

    /** What a thread was told to run; null if nothing, or if it overrides run. */
    @Nullable
    Object task(Thread thread) {
        if (isVirtual(thread)) {
            Object body = continuation.get(thread);
            Object wrapped = body == null ? null : body(body);
            return wrapped == null ? null : virtualTask.get(wrapped);
        }
        Object fields = holder.get(thread);
        return fields == null ? target.get(thread) : heldTask.get(fields);
    }

    /** The JDK's own wrapper around what a virtual thread runs; null if it is none that we know. */
    private @Nullable Object body(Object of) {
        Object wrapper = continuationTarget.get(of);
        return wrapper != null && wrapper.getClass().getName().equals(WRAPPER) ? wrapper : null;
    }
}
