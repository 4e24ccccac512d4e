package dev.asyncinspect.weaving.internal;

import java.lang.invoke.MethodHandle;
import org.objectweb.asm.Type;

/**
 * One slot of a bridge: a method that woven code calls, and the sink behind it.
 *
 * @param name of the method, and of the field with the sink
 * @param descriptor of the method; one that returns something returns its first argument while there is no sink
 * @param sink type of the sink, a class of the JDK
 * @param call method of the sink
 * @param reversed whether the sink takes the arguments in the opposite order
 */
public record BridgeSlot(String name, String descriptor, Class<?> sink, String call, boolean reversed) {

    public BridgeSlot {
        String result = Type.getReturnType(descriptor).getDescriptor();
        Type[] arguments = Type.getArgumentTypes(descriptor);
        if (!result.equals("V")
                && (arguments.length == 0 || !arguments[0].getDescriptor().equals(result))) {
            throw new IllegalArgumentException("a slot can give back its first argument only: " + name + descriptor);
        }
    }

    /** A slot whose sink takes the arguments as they come. */
    public static BridgeSlot of(String name, String descriptor, Class<?> sink, String call) {
        return new BridgeSlot(name, descriptor, sink, call, false);
    }

    /** A slot for which the JDK has no functional interface. */
    public static BridgeSlot handle(String name, String descriptor) {
        return of(name, descriptor, MethodHandle.class, "invokeExact");
    }
}
