package dev.asyncinspect.weaving;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * What is known to lie on the stack at a place.
 *
 * @param top descriptor of the topmost value, empty if nothing is known
 * @param under descriptor of the value below it, empty if nothing is known
 */
record Stack(String top, String under) {

    static final Stack UNKNOWN = new Stack("", "");

    /** Before a call: its last argument, and the one before or the object itself. */
    static Stack beforeCall(String owner, String method, int opcode) {
        Type[] arguments = Type.getArgumentTypes(method);
        String self =
                opcode == Opcodes.INVOKESTATIC ? "" : Type.getObjectType(owner).getDescriptor();
        int last = arguments.length - 1;
        if (last < 0) {
            return new Stack(self, "");
        }
        return new Stack(arguments[last].getDescriptor(), last == 0 ? self : arguments[last - 1].getDescriptor());
    }

    /** After a call: its result. */
    static Stack afterCall(String method) {
        String result = Type.getReturnType(method).getDescriptor();
        return result.equals("V") ? UNKNOWN : new Stack(result, "");
    }

    /** Before a return. */
    static Stack atReturn(int opcode) {
        return switch (opcode) {
            case Opcodes.IRETURN -> new Stack("I", "");
            case Opcodes.LRETURN -> new Stack("J", "");
            case Opcodes.ARETURN -> new Stack("Ljava/lang/Object;", "");
            default -> UNKNOWN;
        };
    }
}
