package dev.asyncinspect.weaving;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Sums up the instructions of methods: the same code gives the same number on whatever JVM, other code another one. */
final class Fingerprint {

    /*
     * Of the instructions and what they name alone: not of line numbers, nor of the constant pool, nor of the order of the
     * methods, which change when a JVM rebuilds the bytes of a class, as it does for one that is loaded already. So each
     * method is summed up alone, and then the sums in their own order. Labels count by their order of appearance.
     */

    private final List<CRC32> methods = new ArrayList<>();

    /** Eight hexadecimal digits. */
    @Override
    public String toString() {
        CRC32 sum = new CRC32();
        methods.stream().mapToLong(CRC32::getValue).sorted().forEach(method -> add(sum, method));
        return String.format("%08x", sum.getValue());
    }

    private static void add(CRC32 sum, Object... parts) {
        sum.update(Arrays.deepToString(parts).getBytes(StandardCharsets.UTF_8));
    }

    /** Takes in one more method. */
    MethodVisitor of(String name, String descriptor) {
        CRC32 sum = new CRC32();
        methods.add(sum);
        add(sum, name, descriptor);
        return new Instructions(sum);
    }

    private static final class Instructions extends MethodVisitor {

        private final CRC32 sum;
        private final Map<Label, Integer> labels = new HashMap<>();

        Instructions(CRC32 sum) {
            super(Opcodes.ASM9);
            this.sum = sum;
        }

        private void add(Object... parts) {
            Fingerprint.add(sum, parts);
        }

        private int number(Label label) {
            return labels.computeIfAbsent(label, unseen -> labels.size());
        }

        @Override
        public void visitInsn(int opcode) {
            add(opcode);
        }

        @Override
        public void visitIntInsn(int opcode, int operand) {
            add(opcode, operand);
        }

        @Override
        public void visitVarInsn(int opcode, int variable) {
            add(opcode, variable);
        }

        @Override
        public void visitTypeInsn(int opcode, String type) {
            add(opcode, type);
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
            add(opcode, owner, name, descriptor);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            add(opcode, owner, name, descriptor);
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
            add(name, descriptor);
        }

        @Override
        public void visitJumpInsn(int opcode, Label label) {
            add(opcode, number(label));
        }

        @Override
        public void visitLdcInsn(Object value) {
            add("ldc", value.toString());
        }

        @Override
        public void visitIincInsn(int variable, int increment) {
            add(variable, increment);
        }

        @Override
        public void visitTableSwitchInsn(int min, int max, Label otherwise, Label... targets) {
            add(min, max);
        }

        @Override
        public void visitLookupSwitchInsn(Label otherwise, int[] keys, Label[] targets) {
            add(keys);
        }
    }
}
