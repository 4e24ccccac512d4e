package dev.asyncinspect.weaving;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Walks one method and stops at the places of one hook. */
abstract class PlaceVisitor extends MethodVisitor {

    private final Place place;
    private int seen;

    PlaceVisitor(Place place, @Nullable MethodVisitor next) {
        super(Opcodes.ASM9, next);
        this.place = place;
    }

    /**
     * The walk is at a place of the hook.
     *
     * @param stack what is known to lie on it
     */
    abstract void here(Stack stack);

    @Override
    public void visitCode() {
        super.visitCode();
        if (place.is(Place.Kind.ENTRY, null, "")) {
            at(Stack.UNKNOWN);
        }
    }

    @Override
    public void visitInsn(int opcode) {
        if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN && place.is(Place.Kind.EXIT, null, "")) {
            at(Stack.atReturn(opcode));
        }
        super.visitInsn(opcode);
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
        if (place.is(Place.Kind.BEFORE_CALL, name, descriptor)) {
            at(Stack.beforeCall(owner, descriptor, opcode));
        }
        super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
        if (place.is(Place.Kind.AFTER_CALL, name, descriptor)) {
            at(Stack.afterCall(descriptor));
        }
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
        super.visitFieldInsn(opcode, owner, name, descriptor);
        if (opcode == Opcodes.PUTFIELD && place.is(Place.Kind.AFTER_STORE, name, "")) {
            at(Stack.UNKNOWN);
        }
    }

    /** All instructions are there. */
    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
        if (place.is(Place.Kind.THROWN, null, "")) {
            at(Stack.UNKNOWN);
        }
        super.visitMaxs(maxStack, maxLocals);
    }

    private void at(Stack stack) {
        seen++;
        if (place.which() == 0 || place.which() == seen) {
            here(stack);
        }
    }
}
