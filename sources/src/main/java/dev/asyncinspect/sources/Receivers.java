package dev.asyncinspect.sources;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;

/** Follows the instructions of a method and tells on what its calls are made, where that is plain. */
final class Receivers {

    /*
     * What is asked for is the queue on which take or put is called, so few shapes are enough:
     *
     *   getfield q; invoke take()            the field that was read right before
     *   getfield q; ...; invoke poll(1, s)   the field of a queue that was read last, nothing having been called or stored since
     *   getfield q; ...; invoke put(f(x))    the field that the statement began with, whatever was called since: put is no argument
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
     * @param ofThis whether it is a field of the object whose method it is
     * @param variable number of the variable; negative for a field
     */
    record Receiver(String owner, String name, boolean isStatic, boolean ofThis, int variable) {

        private static Receiver variable(int number) {
            return new Receiver("", "", false, false, number);
        }

        boolean isField() {
            return variable < 0;
        }
    }

    private final boolean hasThis;
    private @Nullable Receiver queue;
    private int queueAt = NOWHERE;
    private int loaded;
    private int loadedAt = NOWHERE;
    private int first = UNKNOWN;
    private boolean begins = true;
    /** The field of a queue that the statement began with, by way of other fields perhaps. */
    private @Nullable Receiver began;
    /** Whether nothing but a variable and fields of it was read in this statement. */
    private boolean onlyRead = true;

    /** Of a method that has an object, which is its variable 0, or of a static one. */
    Receivers(boolean hasThis) {
        this.hasThis = hasThis;
    }

    void statement() {
        first = UNKNOWN;
        begins = true;
        began = null;
        onlyRead = true;
    }

    void field(int position, int opcode, String owner, String name, String descriptor) {
        boolean isStatic = opcode == Opcodes.GETSTATIC;
        if (isStatic || opcode == Opcodes.GETFIELD) {
            if (descriptor.endsWith("Queue;") || descriptor.endsWith("Deque;")) {
                boolean ofThis = hasThis && !isStatic && loadedAt == position - 1 && loaded == 0;
                queue = new Receiver(owner.replace('/', '.'), name, isStatic, ofThis, -1);
                queueAt = position;
                began = onlyRead && (begins || !isStatic) ? queue : began;
            }
            onlyRead &= begins || !isStatic;
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
        onlyRead &= begins && opcode == Opcodes.ALOAD;
        begins = false;
    }

    void jump() {
        queue = null;
        first = UNKNOWN;
        begins = false;
        began = null;
        onlyRead = false;
    }

    void plain(int opcode) {
        if (opcode == Opcodes.POP || opcode == Opcodes.POP2 || opcode == Opcodes.ATHROW || isReturn(opcode)) {
            queue = null;
            statement();
        } else {
            begins = false;
            onlyRead = false;
        }
    }

    private static boolean isReturn(int opcode) {
        return opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN;
    }

    /**
     * On what the call at this position is made, null if that is not plain; to be asked before the call is made known.
     *
     * @param puts whether it is one that puts something into a queue
     */
    @Nullable
    Receiver of(int position, boolean withoutArguments, boolean puts) {
        if (withoutArguments) {
            return queueAt == position - 1 ? queue : loadedAt == position - 1 ? Receiver.variable(loaded) : null;
        }
        return queue != null ? queue : puts && began != null ? began : first >= 0 ? Receiver.variable(first) : null;
    }

    void called(boolean ofNothing) {
        queue = null;
        if (ofNothing) {
            statement();
        } else {
            begins = false;
            onlyRead = false;
        }
    }
}
