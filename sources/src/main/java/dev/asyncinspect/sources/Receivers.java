package dev.asyncinspect.sources;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;

/** Follows the instructions of a method and tells on what its calls are made, where that is plain. */
final class Receivers {

    /*
     * What is asked for is the queue on which take or put is called, so three shapes are enough:
     *
     *   getfield q; invoke take()            the field that was read right before
     *   getfield q; ...; invoke poll(1, s)   the field of a queue that was read last, nothing having been called or stored since
     *   aload n; invoke take()               the variable that was loaded right before
     *   aload n; ...; invoke put(x)          the variable that the statement began with: put is never an argument of something
     *
     * A jump within a statement makes it unknown, as does anything else.
     */

    private static final int NOWHERE = -2;
    private static final int UNKNOWN = -1;

    /**
     * What a call is made on: a field or a variable.
     *
     * @param owner binary name of the class whose field the code names; empty for a variable
     * @param name name of the field; empty for a variable
     * @param variable number of the variable; negative for a field
     */
    record Receiver(String owner, String name, boolean isStatic, int variable) {

        boolean isField() {
            return variable < 0;
        }
    }

    private @Nullable Receiver queue;
    private int queueAt = NOWHERE;
    private int loaded;
    private int loadedAt = NOWHERE;
    private int first = UNKNOWN;
    private boolean begins = true;

    void statement() {
        first = UNKNOWN;
        begins = true;
    }

    void field(int position, int opcode, String owner, String name, String descriptor) {
        boolean isStatic = opcode == Opcodes.GETSTATIC;
        if (isStatic || opcode == Opcodes.GETFIELD) {
            if (descriptor.endsWith("Queue;") || descriptor.endsWith("Deque;")) {
                queue = new Receiver(owner.replace('/', '.'), name, isStatic, -1);
                queueAt = position;
            }
            begins = false;
        } else {
            queue = null;
            statement();
        }
    }

    void variable(int position, int opcode, int index) {
        if (opcode >= Opcodes.ISTORE) {
            queue = null;
            statement();
            return;
        }
        if (opcode == Opcodes.ALOAD) {
            loaded = index;
            loadedAt = position;
            first = begins ? index : first;
        }
        begins = false;
    }

    void jump() {
        queue = null;
        first = UNKNOWN;
        begins = false;
    }

    void plain(int opcode) {
        if (opcode == Opcodes.POP || opcode == Opcodes.POP2 || opcode == Opcodes.ATHROW || isReturn(opcode)) {
            queue = null;
            statement();
        } else {
            begins = false;
        }
    }

    private static boolean isReturn(int opcode) {
        return opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN;
    }

    /** On what the call at this position is made, null if that is not plain; to be asked before the call is made known. */
    @Nullable
    Receiver of(int position, boolean withoutArguments) {
        if (withoutArguments) {
            return queueAt == position - 1
                    ? queue
                    : loadedAt == position - 1 ? new Receiver("", "", false, loaded) : null;
        }
        return queue != null ? queue : first >= 0 ? new Receiver("", "", false, first) : null;
    }

    void called(boolean ofNothing) {
        queue = null;
        if (ofNothing) {
            statement();
        } else {
            begins = false;
        }
    }
}
