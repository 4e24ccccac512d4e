package dev.asyncinspect.weaving.program;

import dev.asyncinspect.core.recorder.Recorder;
import dev.asyncinspect.weaving.internal.BridgeSlot;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Weaves the recorder of a library that the program ships, so that this one is told instead, or also. */
final class LibraryWeaver {

    /*
     *   isOn, tellsAwaits             return bridge.isOn(what it would return)
     *   newTaskId, newResourceId      return bridge.taskId(what it would return)
     *   slot                          bridge.event(its arguments, the recorder); then what it did before
     *
     * The program's own recorder goes on as it was: if the program turned it on, it is told the same events, with the same ids.
     * The version of the entry points says that they mean what we think; that they are there is verified.
     */

    static final String TYPE = "dev/asyncinspect/core/recorder/Recorder";

    private static final String TYPE_OF_SYMBOLS = "dev/asyncinspect/core/recorder/SymbolTable";
    private static final String VERSION_FIELD = "ENTRY_POINTS";
    private static final String SLOT = "slot(JJJJ)V";

    /** The methods whose result goes through the bridge. */
    private static final Map<String, BridgeSlot> RESULTS = Map.of(
            "isOn()Z", ProgramBridge.ON,
            "tellsAwaits()Z", ProgramBridge.ON,
            "newTaskId()J", ProgramBridge.TASK_ID,
            "newResourceId()J", ProgramBridge.RESOURCE_ID);

    /** Those that are asked by name. */
    private static final Set<String> ASKED =
            Set.of("nextTaskId()J", "nextResourceId()J", "countFrom(JJ)V", "symbols()L" + TYPE_OF_SYMBOLS + ";");

    private LibraryWeaver() {}

    /** Why this recorder must be left alone; null if it fits. */
    static @Nullable String obstacle(ClassReader reader) {
        Shape shape = new Shape();
        reader.accept(shape, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        if (shape.version == 0) {
            return "its version has no entry points for a recording agent";
        }
        if (shape.version != Recorder.ENTRY_POINTS) {
            return "its entry points have version " + shape.version + ", this agent knows " + Recorder.ENTRY_POINTS;
        }
        Set<String> missing = new TreeSet<>(RESULTS.keySet());
        missing.addAll(ASKED);
        missing.add(SLOT);
        missing.removeAll(shape.methods);
        return missing.isEmpty() ? null : "it has no " + String.join(", ", missing);
    }

    static byte[] weave(ClassReader reader) {
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    @Override
                    public @Nullable MethodVisitor visitMethod(
                            int access,
                            String name,
                            String descriptor,
                            @Nullable String signature,
                            String @Nullable [] exceptions) {
                        MethodVisitor code = super.visitMethod(access, name, descriptor, signature, exceptions);
                        String method = name + descriptor;
                        BridgeSlot result = RESULTS.get(method);
                        if (result != null) {
                            return new Result(code, result);
                        }
                        return method.equals(SLOT) ? new Told(code) : code;
                    }
                },
                0);
        return writer.toByteArray();
    }

    /** What a recorder declares. */
    private static final class Shape extends ClassVisitor {

        final Set<String> methods = new HashSet<>();
        int version;

        Shape() {
            super(Opcodes.ASM9);
        }

        @Override
        public @Nullable FieldVisitor visitField(
                int access, String name, String descriptor, @Nullable String signature, @Nullable Object value) {
            if (name.equals(VERSION_FIELD) && value instanceof Integer number) {
                version = number;
            }
            return null;
        }

        @Override
        public @Nullable MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            if ((access & (Opcodes.ACC_STATIC | Opcodes.ACC_ABSTRACT)) == 0) {
                methods.add(name + descriptor);
            }
            return null;
        }
    }

    /** A method whose result goes through the bridge. */
    private static final class Result extends MethodVisitor {

        private final BridgeSlot slot;

        Result(MethodVisitor next, BridgeSlot slot) {
            super(Opcodes.ASM9, next);
            this.slot = slot;
        }

        @Override
        public void visitInsn(int opcode) {
            if (opcode == Opcodes.IRETURN || opcode == Opcodes.LRETURN) {
                ProgramBridge.LAYOUT.call(mv, slot);
            }
            super.visitInsn(opcode);
        }
    }

    /** The method that takes the events. */
    private static final class Told extends MethodVisitor {

        private static final int WORDS = 4;

        Told(MethodVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public void visitCode() {
            super.visitCode();
            for (int word = 0; word < WORDS; word++) {
                super.visitVarInsn(Opcodes.LLOAD, 1 + 2 * word);
            }
            super.visitVarInsn(Opcodes.ALOAD, 0);
            ProgramBridge.LAYOUT.call(mv, ProgramBridge.EVENT);
        }
    }
}
