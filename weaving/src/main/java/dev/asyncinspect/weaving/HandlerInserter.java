package dev.asyncinspect.weaving;

import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Inserts a handler around a whole method, which tells a hook that it ends by an exception, and throws that on. */
final class HandlerInserter extends PlaceVisitor {

    /*
     * It is the last in the table, so what the method catches it still catches itself, and what is synchronized is left first. Its
     * frame says that no variable is known, which holds wherever it is reached from; therefore it can hand over constants only.
     */

    private static final String THROWABLE = "java/lang/Throwable";

    private final HookFit fit;
    private final Values values;
    private final MethodVisitor next;
    private final Label begin = new Label();

    HandlerInserter(HookFit fit, Values values, MethodVisitor next) {
        super(fit.live.hook.place(), next);
        this.fit = fit;
        this.values = values;
        this.next = next;
    }

    @Override
    public void visitCode() {
        super.visitCode();
        next.visitLabel(begin);
    }

    @Override
    void here(Stack stack) {
        if (!fit.isFree(values, stack)) {
            return;
        }
        Label handler = new Label();
        next.visitLabel(handler);
        next.visitTryCatchBlock(begin, handler, handler, null);
        next.visitFrame(Opcodes.F_FULL, 0, new Object[0], 1, new Object[] {THROWABLE});
        values.hand(next, stack, fit.live.slot);
        next.visitInsn(Opcodes.ATHROW);
    }
}
