package dev.asyncinspect.sources;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Reads the methods of a class file. */
final class CodeScanner extends ClassVisitor {

    private static final int NOWHERE = -2;
    private static final String UNIT = "java/util/concurrent/TimeUnit";
    private static final String UNIT_TYPE = "L" + UNIT + ";";
    private static final long LIFETIME_DAYS = 36_500;

    private final List<MethodCode> methods = new ArrayList<>();

    private CodeScanner() {
        super(Opcodes.ASM9);
    }

    /** The methods that have code; empty for bytes that are no class file we can read. */
    static List<MethodCode> scan(byte[] classFile) {
        CodeScanner scanner = new CodeScanner();
        try {
            new ClassReader(classFile).accept(scanner, ClassReader.SKIP_FRAMES);
        } catch (RuntimeException e) {
            return List.of(); // damaged, or of a newer version: its awaits are told by line only
        }
        return scanner.methods;
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
        MethodCode method =
                new MethodCode(name, (access & Opcodes.ACC_SYNCHRONIZED) != 0, (access & Opcodes.ACC_STATIC) != 0);
        methods.add(method);
        return new Instructions(method);
    }

    private static boolean isEndless(long timeout, String unit) {
        try {
            return TimeUnit.valueOf(unit).toDays(timeout) >= LIFETIME_DAYS;
        } catch (IllegalArgumentException e) {
            return false; // no unit, but another static field
        }
    }

    /** Counts instructions, so that a label is a position. */
    private static final class Instructions extends MethodVisitor {

        private final MethodCode method;
        private final Map<Label, Integer> positions = new HashMap<>();
        private final Set<Label> handlers = new HashSet<>();
        private final List<Label[]> ranges = new ArrayList<>();
        private int position;
        private int line;
        /** The constant that the instruction at this position puts down, and the unit that the next one puts beside it. */
        private long constant;

        private int constantAt = NOWHERE;
        private int endlessAt = NOWHERE;
        private final Receivers receivers;
        private boolean inHandler;

        Instructions(MethodCode method) {
            super(Opcodes.ASM9);
            this.method = method;
            receivers = new Receivers(!method.isStatic);
        }

        @Override
        public void visitTryCatchBlock(Label start, Label end, Label handler, @Nullable String type) {
            handlers.add(handler);
            if (type == null) {
                ranges.add(new Label[] {start, end, handler});
            }
        }

        @Override
        public void visitLabel(Label label) {
            positions.put(label, position);
            if (handlers.contains(label)) {
                inHandler = true;
            }
        }

        @Override
        public void visitLineNumber(int number, Label start) {
            line = number;
            receivers.statement();
            method.sawLine(number);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            if (endlessAt == position - 1 && descriptor.contains("J" + UNIT_TYPE)) {
                method.endless.add(position);
            }
            Receivers.Receiver receiver = opcode == Opcodes.INVOKESTATIC
                    ? null
                    : receivers.of(position, descriptor.startsWith("()"), FullQueues.isPut(name));
            if (receiver != null) {
                method.receivers.put(position, receiver);
            }
            receivers.called(descriptor.endsWith(")V"));
            add(MethodCode.Kind.CALL, owner, name);
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
            receivers.called(false);
            add(MethodCode.Kind.CALL, "", name);
        }

        @Override
        public void visitInsn(int opcode) {
            receivers.plain(opcode);
            if (opcode == Opcodes.MONITORENTER) {
                add(MethodCode.Kind.MONITOR_ENTER, "", "");
            } else {
                next();
            }
            if (opcode == Opcodes.ATHROW || (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN)) {
                inHandler = false;
            }
        }

        @Override
        public void visitJumpInsn(int opcode, Label label) {
            receivers.jump();
            Integer back = positions.get(label);
            if (back != null) {
                method.loops.add(new MethodCode.Loop(back, position));
            }
            next();
            if (opcode == Opcodes.GOTO) {
                inHandler = false;
            }
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
            receivers.field(position, opcode, owner, name, descriptor);
            if (opcode == Opcodes.GETSTATIC || opcode == Opcodes.PUTSTATIC) {
                if (owner.equals(UNIT) && constantAt == position - 1 && isEndless(constant, name)) {
                    endlessAt = position;
                }
                add(MethodCode.Kind.STATIC_ACCESS, owner, name);
            } else {
                next();
            }
        }

        @Override
        public void visitVarInsn(int opcode, int index) {
            receivers.variable(position, opcode, index);
            next();
        }

        @Override
        public void visitIntInsn(int opcode, int operand) {
            next();
        }

        @Override
        public void visitTypeInsn(int opcode, String type) {
            next();
        }

        @Override
        public void visitLdcInsn(Object value) {
            if (value instanceof Long number) {
                constant = number;
                constantAt = position;
            }
            next();
        }

        @Override
        public void visitIincInsn(int index, int increment) {
            next();
        }

        @Override
        public void visitTableSwitchInsn(int min, int max, Label defaultLabel, Label... labels) {
            next();
        }

        @Override
        public void visitLookupSwitchInsn(Label defaultLabel, int[] keys, Label[] labels) {
            next();
        }

        @Override
        public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
            next();
        }

        @Override
        public void visitEnd() {
            for (Label[] range : ranges) {
                Integer from = positions.get(range[0]);
                Integer to = positions.get(range[1]);
                Integer handler = positions.get(range[2]);
                if (from != null && to != null && handler != null) {
                    method.protectedRanges.add(new MethodCode.Protected(from, to, handler));
                }
            }
        }

        private void add(MethodCode.Kind kind, String owner, String name) {
            method.instructions.add(new MethodCode.Instruction(next(), line, kind, owner, name, inHandler));
        }

        private int next() {
            method.lines.add(line);
            return position++;
        }
    }
}
