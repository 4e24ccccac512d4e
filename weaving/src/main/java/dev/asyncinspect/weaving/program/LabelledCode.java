package dev.asyncinspect.weaving.program;

import dev.asyncinspect.core.recorder.AwaitLabels;
import java.util.HashSet;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** The code of one method, with each await between the setting of its label and the taking away. */
final class LabelledCode extends MethodVisitor {

    /*
     *     bridge.awaits(4711)            <- symbol of the label
     *     future.join()
     *     bridge.awaited()
     *     …
     *   handler of the program:
     *     bridge.awaited()               <- the await may have thrown
     *     …
     *   handler of ours, the last of all, over the whole method:
     *     bridge.awaited()
     *     athrow
     *
     * Nothing that is inserted touches what lies on the stack, or a variable. The one new frame, of our handler, says that no variable is
     * known and a throwable lies on the stack, which is true of whatever was before. It comes last in the table, so what
     * the program catches it still catches itself. A monitor that the program holds there would be held without us as well, when
     * the exception leaves the method; what javac makes has no such place.
     *
     * Up to JDK 20 sleep and wait stop in native code, where no hook can be: whoever calls them says so himself.
     *
     * Which calls are awaits was found out before, in the same order: the n-th is asked for by the same question.
     */

    private static final String THROWABLE = "java/lang/Throwable";
    private static final boolean NATIVE_WAITS = Runtime.version().feature() < 21;
    private static final int LARGEST_COMPILED = 8000;
    private static final int BYTES_OF_CALL = 3;
    private static final int BYTES_OF_AWAIT = 9;

    private final TracedMethod method;
    private final AwaitQuestion types;
    private final ToIntFunction<String> symbols;
    private final Runnable tooLarge;
    private final Label begin = new Label();
    private final Set<Label> handlers = new HashSet<>();
    private int await;
    private int insertedBytes;
    private boolean atHandler;

    /**
     * Code of a method.
     *
     * @param next writes it
     * @param tooLarge called if it is no longer compiled because of what is inserted
     */
    LabelledCode(
            MethodVisitor next,
            TracedMethod method,
            AwaitQuestion types,
            ToIntFunction<String> symbols,
            Runnable tooLarge) {
        super(Opcodes.ASM9, next);
        this.method = method;
        this.types = types;
        this.symbols = symbols;
        this.tooLarge = tooLarge;
    }

    @Override
    public void visitCode() {
        super.visitCode();
        super.visitLabel(begin);
    }

    @Override
    public void visitTryCatchBlock(Label start, Label end, Label handler, @Nullable String type) {
        handlers.add(handler);
        super.visitTryCatchBlock(start, end, handler, type);
    }

    @Override
    public void visitLabel(Label label) {
        super.visitLabel(label);
        atHandler |= handlers.contains(label);
    }

    /** A handler begins with a frame. */
    @Override
    public void visitFrame(int type, int locals, Object @Nullable [] local, int depth, Object @Nullable [] stack) {
        super.visitFrame(type, locals, local, depth, stack);
        if (atHandler) {
            atHandler = false;
            awaited();
        }
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
        boolean isAwait = types.isAwait(owner, name);
        if (isAwait) {
            awaits(NATIVE_WAITS && isNative(name, descriptor) ? AwaitLabels.STOPS : 0);
        }
        super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
        if (isAwait) {
            awaited();
        }
    }

    @Override
    public void visitInsn(int opcode) {
        if (opcode == Opcodes.MONITORENTER) {
            awaits(0);
        }
        super.visitInsn(opcode);
        if (opcode == Opcodes.MONITORENTER) {
            awaited();
        }
    }

    /** Of the calls that are awaits: whether it is one that stops in native code. */
    static boolean isNative(String name, String descriptor) {
        return descriptor.equals("(J)V") && (name.equals("sleep") || name.equals("wait"));
    }

    private void awaits(int how) {
        super.visitLdcInsn(symbols.applyAsInt(method.labels().get(await++)) | how);
        ProgramBridge.LAYOUT.call(mv, ProgramBridge.AWAITS);
        insertedBytes += BYTES_OF_AWAIT;
    }

    private void awaited() {
        ProgramBridge.LAYOUT.call(mv, ProgramBridge.AWAITED);
        insertedBytes += BYTES_OF_CALL;
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
        Label end = new Label();
        super.visitLabel(end);
        super.visitTryCatchBlock(begin, end, end, null);
        super.visitFrame(Opcodes.F_FULL, 0, new Object[0], 1, new Object[] {THROWABLE});
        awaited();
        super.visitInsn(Opcodes.ATHROW);
        if (end.getOffset() > LARGEST_COMPILED && end.getOffset() - insertedBytes <= LARGEST_COMPILED) {
            tooLarge.run();
        }
        super.visitMaxs(maxStack, maxLocals);
    }
}
