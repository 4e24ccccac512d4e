package dev.asyncinspect.weaving.internal;

import org.objectweb.asm.Type;

/**
 * One slot of a bridge: a method that woven code calls, and the sink behind it.
 *
 * @param name of the method, and of the field with the sink
 * @param descriptor of the method; one that returns something returns its first argument while there is no sink
 * @param sink internal name of the interface that the sink has, of the JDK unless it is made
 * @param call method of the sink
 * @param reversed whether the sink takes the arguments in the opposite order
 * @param made whether the interface is made together with the bridge
 */
public record BridgeSlot(String name, String descriptor, String sink, String call, boolean reversed, boolean made) {

    public BridgeSlot {
        if (!descriptor.endsWith(")V") && !isFirstReturned(descriptor)) {
            throw new IllegalArgumentException("a slot can give back its first argument only: " + name + descriptor);
        }
    }

    private static boolean isFirstReturned(String descriptor) {
        Type[] arguments = Type.getArgumentTypes(descriptor);
        return arguments.length > 0 && arguments[0].equals(Type.getReturnType(descriptor));
    }

    /** A slot whose sink takes the arguments as they come. */
    public static BridgeSlot of(String name, String descriptor, Class<?> sink, String call) {
        return new BridgeSlot(name, descriptor, Type.getInternalName(sink), call, false, false);
    }

    /** A slot whose sink takes the arguments the other way round. */
    public static BridgeSlot reversed(String name, String descriptor, Class<?> sink, String call) {
        return new BridgeSlot(name, descriptor, Type.getInternalName(sink), call, true, false);
    }

    /** A slot for which the JDK has no interface: one is made in {@code java.lang}, with the method of the slot. */
    public static BridgeSlot made(String name, String descriptor, String simpleName) {
        return new BridgeSlot(name, descriptor, "java/lang/" + simpleName, name, false, true);
    }
}
