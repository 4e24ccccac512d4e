package dev.asyncinspect.weaving.program;

import java.lang.invoke.MethodHandles;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** The sink of {@link ProgramBridge#EVENT}, whose interface exists only once its bridge was made: so its class is made too. */
final class EventSinkClass {

    /*
     * class EventSinkMade extends EventSink implements java.lang.AsyncInspectEvents1 {
     *     public void event(long head, long nanos, long taskId, long argument, Object recorder) { to.event(…); }
     * }
     *
     * Lost: a method handle, which needs no interface but the machinery of java.lang.invoke on the program's threads, and its caches,
     * which could keep our loader. And an array of the four words, which would be garbage of each event.
     */

    private static final String SUPER = Type.getInternalName(EventSink.class);
    private static final String NAME = SUPER + "Made";
    private static final String TO = Type.getDescriptor(LibraryCopies.class);
    private static final int WORDS = 4;

    private EventSinkClass() {}

    static Object make(LibraryCopies to) {
        try {
            // Without an argument: for others the JDK spins a class, while a program waits.
            EventSink sink = (EventSink) MethodHandles.lookup()
                    .defineHiddenClass(bytes(), true)
                    .lookupClass()
                    .getDeclaredConstructor()
                    .newInstance();
            sink.to = to;
            return sink;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this JVM does not take our sink: " + e, e);
        }
    }

    private static byte[] bytes() {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(Opcodes.V17, Opcodes.ACC_FINAL | Opcodes.ACC_SUPER, NAME, null, SUPER, new String[] {
            ProgramBridge.EVENT.sink()
        });
        MethodVisitor constructor = writer.visitMethod(0, "<init>", "()V", null, null);
        constructor.visitCode();
        constructor.visitVarInsn(Opcodes.ALOAD, 0);
        constructor.visitMethodInsn(Opcodes.INVOKESPECIAL, SUPER, "<init>", "()V", false);
        constructor.visitInsn(Opcodes.RETURN);
        constructor.visitMaxs(0, 0);
        constructor.visitEnd();
        eventMethod(writer);
        writer.visitEnd();
        return writer.toByteArray();
    }

    private static void eventMethod(ClassWriter writer) {
        String event = ProgramBridge.EVENT.call();
        String descriptor = ProgramBridge.EVENT.descriptor();
        MethodVisitor code = writer.visitMethod(Opcodes.ACC_PUBLIC, event, descriptor, null, null);
        code.visitCode();
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitFieldInsn(Opcodes.GETFIELD, SUPER, "to", TO);
        for (int word = 0; word < WORDS; word++) {
            code.visitVarInsn(Opcodes.LLOAD, 1 + 2 * word);
        }
        code.visitVarInsn(Opcodes.ALOAD, 1 + 2 * WORDS);
        code.visitMethodInsn(
                Opcodes.INVOKEVIRTUAL, Type.getInternalName(LibraryCopies.class), event, descriptor, false);
        code.visitInsn(Opcodes.RETURN);
        code.visitMaxs(0, 0);
        code.visitEnd();
    }
}
