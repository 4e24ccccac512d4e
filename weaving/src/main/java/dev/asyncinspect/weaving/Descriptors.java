package dev.asyncinspect.weaving;

import org.objectweb.asm.Type;

/** What descriptors of methods tell about the variables. */
final class Descriptors {

    private Descriptors() {}

    /** The variable that an argument is in. */
    static int variable(String method, boolean isStatic, int argument) {
        Type[] arguments = Type.getArgumentTypes(method);
        int variable = isStatic ? 0 : 1;
        for (int i = 0; i < argument; i++) {
            variable += arguments[i].getSize();
        }
        return variable;
    }

    /** The descriptor of an argument; empty if there is no such. */
    static String argument(String method, int argument) {
        Type[] arguments = Type.getArgumentTypes(method);
        return argument < arguments.length ? arguments[argument].getDescriptor() : "";
    }

    static boolean isReference(String descriptor) {
        return descriptor.startsWith("L") || descriptor.startsWith("[");
    }

    /** Whether a value widens to a long without loss. */
    static boolean isWhole(String descriptor) {
        return descriptor.length() == 1 && "ZBSCIJ".contains(descriptor);
    }
}
