package dev.asyncinspect.weaving;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** What descriptors of methods tell about the stack and the variables. */
final class Descriptors {

    private Descriptors() {}

    /** What lies on top of the stack before a call: its last argument, or the object itself. */
    static String topArgument(String owner, String method, int opcode) {
        Type[] arguments = Type.getArgumentTypes(method);
        if (arguments.length > 0) {
            return arguments[arguments.length - 1].getDescriptor();
        }
        return opcode == Opcodes.INVOKESTATIC ? "" : Type.getObjectType(owner).getDescriptor();
    }

    /** What lies on top of the stack after a call; empty if it returns nothing. */
    static String result(String method) {
        String result = Type.getReturnType(method).getDescriptor();
        return result.equals("V") ? "" : result;
    }

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
