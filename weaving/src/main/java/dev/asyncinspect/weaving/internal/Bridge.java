package dev.asyncinspect.weaving.internal;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Map;
import java.util.Set;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/** A class in {@code java.lang} that woven code calls, seen from our side: slots that a sink can be put into. */
public final class Bridge {

    /*
     * Written by whoever starts and stops recording, under the lock of the weaver; read by all threads of the program. A
     * plain volatile: a thread that has just read the old sink calls it once more, which sinks bear.
     */

    private final BridgeLayout layout;
    private final Class<?> type;
    private final MethodHandles.Lookup inside;
    private final VarHandle failed;

    private Bridge(BridgeLayout layout, Class<?> type, MethodHandles.Lookup inside)
            throws ReflectiveOperationException {
        this.layout = layout;
        this.type = type;
        this.inside = inside;
        this.failed = inside.findStaticVarHandle(type, BridgeClass.FAILED, ObjLongConsumer.class);
    }

    /**
     * The bridge of this JVM with this layout, made if nobody did before.
     *
     * @throws IllegalStateException if somebody else uses it, or this JVM does not take it
     */
    public static Bridge open(Instrumentation instrumentation, BridgeLayout layout) {
        try {
            return find(instrumentation, layout);
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new IllegalStateException("this JVM does not take our bridge: " + e, e);
        }
    }

    private static Bridge find(Instrumentation instrumentation, BridgeLayout layout)
            throws ReflectiveOperationException {
        Module base = Object.class.getModule();
        instrumentation.redefineModule(
                base, Set.of(), Map.of(), Map.of("java.lang", Set.of(Bridge.class.getModule())), Set.of(), Map.of());
        MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(Object.class, MethodHandles.lookup());
        for (BridgeSlot slot : layout.slots()) {
            if (slot.made() && existing(slot.sink()) == null) {
                lookup.defineClass(BridgeClass.interfaceOf(slot));
            }
        }
        Class<?> type = existing(layout.name());
        if (type == null) {
            type = lookup.defineClass(bytes(layout));
        }
        Bridge bridge = new Bridge(layout, type, MethodHandles.privateLookupIn(type, MethodHandles.lookup()));
        if (bridge.failed.getVolatile() != null) {
            throw new IllegalStateException("another agent of async-inspect records in this JVM");
        }
        return bridge;
    }

    /** As the build has made them, else made now: a program that is recorded from its start would wait for that. */
    private static byte[] bytes(BridgeLayout layout) {
        try (InputStream made = Bridge.class.getResourceAsStream(layout.file())) {
            return made == null ? BridgeClass.bytes(layout) : made.readAllBytes();
        } catch (IOException e) {
            return BridgeClass.bytes(layout);
        }
    }

    private static @Nullable Class<?> existing(String internalName) {
        try {
            return Class.forName(internalName.replace('/', '.'), true, null);
        } catch (ClassNotFoundException e) {
            return null;
        }
    }

    /** Where failures go from now on: what was thrown, and the number of the slot in its layout. */
    public void onFailure(@Nullable ObjLongConsumer<Object> listener) {
        failed.setVolatile(listener);
    }

    /** Puts a sink into a slot, or takes it out. */
    public void put(BridgeSlot slot, @Nullable Object sink) {
        try {
            Class<?> sinkType = Class.forName(slot.sink().replace('/', '.'), false, null);
            inside.findStaticVarHandle(type, slot.name(), sinkType).setVolatile(sink);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the bridge has no " + slot.name(), e); // cannot be: we made it
        }
    }

    /** Empties all slots: whatever is still woven does nothing from now on, and nothing of ours is reachable. */
    public void clear() {
        layout.slots().forEach(slot -> put(slot, null));
        onFailure(null);
    }
}
