package dev.asyncinspect.weaving;

import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** The bytes of the class that woven code calls. */
final class BridgeClass {

    /*
     * It lies in java.lang, because that is where every class can call it, whatever its loader and module, and because
     * nothing has to be put on the boot class path for it, which would cost the program its shared archive. It knows JDK
     * types only and can never be unloaded, so it is tiny and does nothing:
     *
     *   private static volatile ObjLongConsumer failed;      // null = nobody listens
     *   private static volatile BiConsumer p0, p1, …
     *   private static volatile ObjLongConsumer n0, n1, …
     *   public static void p0(Object a, Object b) {
     *       BiConsumer sink = p0;
     *       if (sink == null) return;
     *       try { sink.accept(a, b); } catch (Throwable t) { failed(0, t); }
     *   }
     *   …
     *
     * A method and a field for each hook, not one for all: so each call site sees one kind of sink, which the compiler
     * inlines, and a hook that fails is switched off alone.
     */

    static final String NAME = "java/lang/AsyncInspectBridge1";
    static final String FAILED = "failed";
    static final int PAIRS = 128;
    static final int NUMBERS = 64;

    static final String PAIR_METHOD = "(Ljava/lang/Object;Ljava/lang/Object;)V";
    static final String NUMBER_METHOD = "(JLjava/lang/Object;)V";

    private static final String PAIR = "java/util/function/BiConsumer";
    private static final String NUMBER = "java/util/function/ObjLongConsumer";
    private static final String FAILED_METHOD = "(ILjava/lang/Throwable;)V";

    private BridgeClass() {}

    /** Name of the field and of the method of a slot. */
    static String member(boolean number, int slot) {
        return (number ? "n" : "p") + slot;
    }

    static byte[] bytes() {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES);
        writer.visit(
                Opcodes.V17,
                Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_SUPER,
                NAME,
                null,
                "java/lang/Object",
                null);
        field(writer, FAILED, NUMBER);
        for (int slot = 0; slot < PAIRS; slot++) {
            field(writer, member(false, slot), PAIR);
            sinkMethod(writer, false, slot);
        }
        for (int slot = 0; slot < NUMBERS; slot++) {
            field(writer, member(true, slot), NUMBER);
            sinkMethod(writer, true, slot);
        }
        failedMethod(writer);
        writer.visitEnd();
        return writer.toByteArray();
    }

    private static void field(ClassWriter writer, String name, String type) {
        writer.visitField(
                        Opcodes.ACC_STATIC | Opcodes.ACC_VOLATILE | Opcodes.ACC_PRIVATE,
                        name,
                        "L" + type + ";",
                        null,
                        null)
                .visitEnd();
    }

    private static void sinkMethod(ClassWriter writer, boolean number, int slot) {
        String name = member(number, slot);
        String type = number ? NUMBER : PAIR;
        MethodVisitor code = writer.visitMethod(
                Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, name, number ? NUMBER_METHOD : PAIR_METHOD, null, null);
        Label call = new Label();
        Label end = new Label();
        Label caught = new Label();
        Label absent = new Label();
        int sink = number ? 3 : 2;
        code.visitCode();
        code.visitTryCatchBlock(call, end, caught, "java/lang/Throwable");
        code.visitFieldInsn(Opcodes.GETSTATIC, NAME, name, "L" + type + ";");
        code.visitVarInsn(Opcodes.ASTORE, sink);
        code.visitVarInsn(Opcodes.ALOAD, sink);
        code.visitJumpInsn(Opcodes.IFNULL, absent);
        code.visitLabel(call);
        code.visitVarInsn(Opcodes.ALOAD, sink);
        if (number) {
            code.visitVarInsn(Opcodes.ALOAD, 2);
            code.visitVarInsn(Opcodes.LLOAD, 0);
            code.visitMethodInsn(Opcodes.INVOKEINTERFACE, type, "accept", "(Ljava/lang/Object;J)V", true);
        } else {
            code.visitVarInsn(Opcodes.ALOAD, 0);
            code.visitVarInsn(Opcodes.ALOAD, 1);
            code.visitMethodInsn(Opcodes.INVOKEINTERFACE, type, "accept", PAIR_METHOD, true);
        }
        code.visitLabel(end);
        code.visitInsn(Opcodes.RETURN);
        code.visitLabel(caught);
        code.visitVarInsn(Opcodes.ASTORE, sink);
        code.visitIntInsn(Opcodes.SIPUSH, number ? PAIRS + slot : slot);
        code.visitVarInsn(Opcodes.ALOAD, sink);
        code.visitMethodInsn(Opcodes.INVOKESTATIC, NAME, FAILED, FAILED_METHOD, false);
        code.visitLabel(absent);
        code.visitInsn(Opcodes.RETURN);
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    /** Tells of a failure; if even that fails, with no stack left say, nobody can be told. */
    private static void failedMethod(ClassWriter writer) {
        MethodVisitor code =
                writer.visitMethod(Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC, FAILED, FAILED_METHOD, null, null);
        Label call = new Label();
        Label end = new Label();
        Label caught = new Label();
        Label absent = new Label();
        code.visitCode();
        code.visitTryCatchBlock(call, end, caught, "java/lang/Throwable");
        code.visitFieldInsn(Opcodes.GETSTATIC, NAME, FAILED, "L" + NUMBER + ";");
        code.visitVarInsn(Opcodes.ASTORE, 2);
        code.visitVarInsn(Opcodes.ALOAD, 2);
        code.visitJumpInsn(Opcodes.IFNULL, absent);
        code.visitLabel(call);
        code.visitVarInsn(Opcodes.ALOAD, 2);
        code.visitVarInsn(Opcodes.ALOAD, 1);
        code.visitVarInsn(Opcodes.ILOAD, 0);
        code.visitInsn(Opcodes.I2L);
        code.visitMethodInsn(Opcodes.INVOKEINTERFACE, NUMBER, "accept", "(Ljava/lang/Object;J)V", true);
        code.visitLabel(end);
        code.visitInsn(Opcodes.RETURN);
        code.visitLabel(caught);
        code.visitInsn(Opcodes.POP);
        code.visitLabel(absent);
        code.visitInsn(Opcodes.RETURN);
        code.visitMaxs(0, 0);
        code.visitEnd();
    }
}
