package dev.asyncinspect.weaving;

import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/** The class in {@code java.lang} that woven code calls, seen from our side: slots that a sink can be put into. */
final class Bridge {

    /*
     * Written by whoever starts and stops recording, under the lock of the weaver; read by all threads of the program. A
     * plain volatile: a thread that has just read the old sink calls it once more, which sinks bear.
     */

    private final Class<?> type;
    private final MethodHandles.Lookup inside;
    private final VarHandle failed;

    private Bridge(Class<?> type, MethodHandles.Lookup inside) throws ReflectiveOperationException {
        this.type = type;
        this.inside = inside;
        this.failed = inside.findStaticVarHandle(type, BridgeClass.FAILED, ObjLongConsumer.class);
    }

    /**
     * The bridge of this JVM, made if nobody did before.
     *
     * @throws IllegalStateException if somebody else uses it
     */
    static Bridge open(Instrumentation instrumentation) throws ReflectiveOperationException {
        Module base = Object.class.getModule();
        instrumentation.redefineModule(
                base, Set.of(), Map.of(), Map.of("java.lang", Set.of(Bridge.class.getModule())), Set.of(), Map.of());
        MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(Object.class, MethodHandles.lookup());
        Class<?> type = existing();
        if (type == null) {
            type = lookup.defineClass(BridgeClass.bytes());
        }
        Bridge bridge = new Bridge(type, MethodHandles.privateLookupIn(type, MethodHandles.lookup()));
        if (bridge.failed.getVolatile() != null) {
            throw new IllegalStateException("another agent of async-inspect records in this JVM");
        }
        return bridge;
    }

    private static @Nullable Class<?> existing() {
        try {
            return Class.forName(BridgeClass.NAME.replace('/', '.'), true, null);
        } catch (ClassNotFoundException e) {
            return null;
        }
    }

    /** Where failures go from now on: the number of the slot, and what was thrown. */
    void onFailure(@Nullable ObjLongConsumer<Object> listener) {
        failed.setVolatile(listener);
    }

    void pair(int slot, @Nullable BiConsumer<Object, @Nullable Object> sink) {
        set(BridgeClass.member(false, slot), BiConsumer.class, sink);
    }

    void number(int slot, @Nullable ObjLongConsumer<Object> sink) {
        set(BridgeClass.member(true, slot), ObjLongConsumer.class, sink);
    }

    private void set(String field, Class<?> fieldType, @Nullable Object sink) {
        try {
            inside.findStaticVarHandle(type, field, fieldType).setVolatile(sink);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the bridge has no " + field, e); // cannot be: we made it
        }
    }

    /** Empties all slots: whatever is still woven does nothing from now on, and nothing of ours is reachable. */
    void clear() {
        for (int slot = 0; slot < BridgeClass.PAIRS; slot++) {
            pair(slot, null);
        }
        for (int slot = 0; slot < BridgeClass.NUMBERS; slot++) {
            number(slot, null);
        }
        onFailure(null);
    }
}
