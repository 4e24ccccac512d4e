package dev.asyncinspect.weaving.internal;

import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** The bytes of a class that woven code calls, made from its layout. */
final class BridgeClass {

    /*
     * It lies in java.lang, because that is where every class can call it, whatever its loader and module, and because
     * nothing has to be put on the boot class path for it, which would cost the program its shared archive. It knows JDK
     * types only and can never be unloaded, so it is tiny and does nothing:
     *
     *   private static volatile ObjLongConsumer failed;      // null = nobody listens
     *   private static volatile BiConsumer p0, p1, …
     *   private static volatile LongUnaryOperator taskId;
     *   public static void p0(Object a, Object b) {
     *       BiConsumer sink = p0;
     *       if (sink == null) return;
     *       try { sink.accept(a, b); } catch (Throwable t) { failed(0, t); }
     *   }
     *   public static long taskId(long id) {
     *       LongUnaryOperator sink = taskId;
     *       if (sink == null) return id;
     *       try { return sink.applyAsLong(id); } catch (Throwable t) { failed(7, t); }
     *       return id;
     *   }
     *
     * A method and a field for each slot, not one for all: so each call site sees one kind of sink, which the compiler
     * inlines, and a slot that fails is switched off alone.
     */

    static final String FAILED = "failed";

    private static final String NUMBER = "java/util/function/ObjLongConsumer";
    private static final String FAILED_METHOD = "(ILjava/lang/Throwable;)V";
    private static final String THROWABLE = "java/lang/Throwable";
    private static final int MAX_SLOTS = 1000;

    private final BridgeLayout layout;
    /** Nothing is left to be computed: to follow the code of two hundred methods took a twelfth of the start of a recording. */
    private final ClassWriter writer = new ClassWriter(0);

    private BridgeClass(BridgeLayout layout) {
        this.layout = layout;
    }

    static byte[] bytes(BridgeLayout layout) {
        if (layout.slots().size() > MAX_SLOTS) {
            throw new IllegalArgumentException(
                    "a bridge has 1000 slots at most: " + layout.slots().size());
        }
        BridgeClass made = new BridgeClass(layout);
        made.write();
        return made.writer.toByteArray();
    }

    /** The interface of a slot for which the JDK has none. */
    static byte[] interfaceOf(BridgeSlot slot) {
        int open = Opcodes.ACC_PUBLIC | Opcodes.ACC_ABSTRACT;
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, open | Opcodes.ACC_INTERFACE, slot.sink(), null, "java/lang/Object", null);
        writer.visitMethod(open, slot.call(), slot.descriptor(), null, null).visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }

    private void write() {
        writer.visit(
                Opcodes.V17,
                Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_SUPER,
                layout.name(),
                null,
                "java/lang/Object",
                null);
        field(FAILED, "L" + NUMBER + ";");
        for (int number = 0; number < layout.slots().size(); number++) {
            BridgeSlot slot = layout.slots().get(number);
            field(slot.name(), "L" + slot.sink() + ";");
            slotMethod(slot, number);
        }
        failedMethod();
        writer.visitEnd();
    }

    private void field(String name, String descriptor) {
        writer.visitField(Opcodes.ACC_STATIC | Opcodes.ACC_VOLATILE | Opcodes.ACC_PRIVATE, name, descriptor, null, null)
                .visitEnd();
    }

    /** The number is the one under which its failures are told: its place in the layout. */
    private void slotMethod(BridgeSlot slot, int number) {
        MethodVisitor code =
                writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, slot.name(), slot.descriptor(), null, null);
        Type result = Type.getReturnType(slot.descriptor());
        Type[] arguments = Type.getArgumentTypes(slot.descriptor());
        Object[] variables = variables(arguments, slot.sink());
        Label call = new Label();
        Label end = new Label();
        Label caught = new Label();
        Label absent = new Label();
        int sink = size(arguments);
        code.visitCode();
        code.visitTryCatchBlock(call, end, caught, THROWABLE);
        code.visitFieldInsn(Opcodes.GETSTATIC, layout.name(), slot.name(), "L" + slot.sink() + ";");
        code.visitVarInsn(Opcodes.ASTORE, sink);
        code.visitVarInsn(Opcodes.ALOAD, sink);
        code.visitJumpInsn(Opcodes.IFNULL, absent);
        code.visitLabel(call);
        code.visitVarInsn(Opcodes.ALOAD, sink);
        callSink(code, slot, arguments, result);
        code.visitLabel(end);
        code.visitInsn(result.getOpcode(Opcodes.IRETURN));
        code.visitLabel(caught);
        code.visitFrame(Opcodes.F_FULL, variables.length, variables, 1, new Object[] {THROWABLE});
        code.visitVarInsn(Opcodes.ASTORE, sink);
        code.visitIntInsn(Opcodes.SIPUSH, number);
        code.visitVarInsn(Opcodes.ALOAD, sink);
        code.visitMethodInsn(Opcodes.INVOKESTATIC, layout.name(), FAILED, FAILED_METHOD, false);
        code.visitLabel(absent);
        code.visitFrame(Opcodes.F_FULL, variables.length - 1, variables, 0, new Object[0]);
        if (result.getSort() != Type.VOID) {
            code.visitVarInsn(result.getOpcode(Opcodes.ILOAD), 0);
        }
        code.visitInsn(result.getOpcode(Opcodes.IRETURN));
        code.visitMaxs(Math.max(2, sink + 1), sink + 1);
        code.visitEnd();
    }

    /** What a frame says of the arguments and, last, of the sink. */
    private static Object[] variables(Type[] arguments, String sink) {
        Object[] variables = new Object[arguments.length + 1];
        for (int i = 0; i < arguments.length; i++) {
            variables[i] = switch (arguments[i].getSort()) {
                case Type.LONG -> Opcodes.LONG;
                case Type.INT -> Opcodes.INTEGER;
                default -> arguments[i].getInternalName();
            };
        }
        variables[arguments.length] = sink;
        return variables;
    }

    private static int size(Type[] arguments) {
        int size = 0;
        for (Type argument : arguments) {
            size += argument.getSize();
        }
        return size;
    }

    private static void callSink(MethodVisitor code, BridgeSlot slot, Type[] arguments, Type result) {
        Type[] handed = new Type[arguments.length];
        int[] variables = new int[arguments.length];
        for (int i = 0, variable = 0; i < arguments.length; variable += arguments[i++].getSize()) {
            int place = slot.reversed() ? arguments.length - 1 - i : i;
            handed[place] = arguments[i];
            variables[place] = variable;
        }
        for (int i = 0; i < handed.length; i++) {
            code.visitVarInsn(handed[i].getOpcode(Opcodes.ILOAD), variables[i]);
        }
        code.visitMethodInsn(
                Opcodes.INVOKEINTERFACE, slot.sink(), slot.call(), Type.getMethodDescriptor(result, handed), true);
    }

    /** Tells of a failure; if even that fails, with no stack left say, nobody can be told. */
    private void failedMethod() {
        MethodVisitor code =
                writer.visitMethod(Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC, FAILED, FAILED_METHOD, null, null);
        Label call = new Label();
        Label end = new Label();
        Label caught = new Label();
        Label absent = new Label();
        Object[] variables = {Opcodes.INTEGER, THROWABLE, NUMBER};
        code.visitCode();
        code.visitTryCatchBlock(call, end, caught, THROWABLE);
        code.visitFieldInsn(Opcodes.GETSTATIC, layout.name(), FAILED, "L" + NUMBER + ";");
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
        code.visitFrame(Opcodes.F_FULL, 3, variables, 1, new Object[] {THROWABLE});
        code.visitInsn(Opcodes.POP);
        code.visitLabel(absent);
        code.visitFrame(Opcodes.F_FULL, 2, variables, 0, new Object[0]);
        code.visitInsn(Opcodes.RETURN);
        code.visitMaxs(4, 3);
        code.visitEnd();
    }
}
