package dev.asyncinspect.integrations.jdk;

import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.core.recorder.Recorder;
import java.lang.invoke.VarHandle;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** Tells which scoped values are bound where the current thread creates a task: the hashes of their keys, never a value. */
final class ScopedBindings {

    /*
     *   Thread.scopedValueBindings ──► Snapshot ─prev─► Snapshot ─prev─► the empty one
     *                                     │ bindings
     *                                     └──► Carrier ─prev─► Carrier      each has a key, which has a hash
     *
     * A hash is a number that the JDK gives to one key only. The field of a thread is not a snapshot but a class where nothing was ever bound,
     * and null where the JDK itself would have to search the stack: then nothing is told. So is what lies deeper than is looked.
     */

    private static final int MOST_KEYS = 16;

    static final String TYPE = "java.lang.ScopedValue";
    private static final @Nullable Class<?> SNAPSHOT = Insides.type(TYPE + "$Snapshot");
    private static final @Nullable VarHandle BINDINGS = Insides.field("java.lang.Thread", "scopedValueBindings");
    private static final @Nullable VarHandle CARRIER = Insides.field(TYPE + "$Snapshot", "bindings");
    private static final @Nullable VarHandle OUTER = Insides.field(TYPE + "$Snapshot", "prev");
    private static final @Nullable VarHandle KEY = Insides.field(TYPE + "$Carrier", "key");
    private static final @Nullable VarHandle NEXT = Insides.field(TYPE + "$Carrier", "prev");
    private static final @Nullable VarHandle HASH = Insides.field(TYPE, "hash");

    private final Recorder recorder;

    ScopedBindings(Recorder recorder) {
        this.recorder = recorder;
    }

    /** The hash of a scoped value, not negative; 0 if this JDK keeps none. */
    static long hash(Object scopedValue) {
        return HASH == null ? 0 : Integer.toUnsignedLong((int) HASH.get(scopedValue));
    }

    /** The current thread has created a task. */
    void tell(long now, long taskId) {
        Object at = BINDINGS == null ? null : BINDINGS.get(Thread.currentThread());
        if (at == null
                || at.getClass() != SNAPSHOT
                || CARRIER == null
                || OUTER == null
                || KEY == null
                || NEXT == null) {
            return;
        }
        int told = 0;
        while (at != null) {
            for (Object carrier = CARRIER.get(at); carrier != null; carrier = NEXT.get(carrier)) {
                if (told++ == MOST_KEYS) {
                    return;
                }
                recorder.linked(now, taskId, EventCodes.SCOPED_BOUND, 0, hash(KEY.get(carrier)));
            }
            at = OUTER.get(at);
        }
    }

    /**
     * Reads what is bound once, for a recorder that nobody reads.
     *
     * @return a scoped value that is not bound, null if this JDK has none
     */
    static @Nullable Object rehearse() {
        try {
            Class<?> type = Class.forName(TYPE);
            Object key = type.getMethod("newInstance").invoke(null);
            Object carrier = type.getMethod("where", type, Object.class).invoke(null, key, "");
            Recorder unread = Recorder.createForNobody();
            unread.turn(true);
            ScopedBindings bindings = new ScopedBindings(unread);
            Method run = carrier.getClass().getMethod("run", Runnable.class);
            run.invoke(carrier, (Runnable) () -> bindings.tell(unread.now(), 1));
            return key;
        } catch (ClassNotFoundException
                | NoSuchMethodException
                | IllegalAccessException
                | InvocationTargetException e) {
            return null; // older than JDK 21
        }
    }
}
