package dev.asyncinspect.weaving;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Sums up the instructions of one method: the same code gives the same number on whatever JVM, other code another one. */
final class Fingerprint extends MethodVisitor {

    /*
     * Of the instructions and what they name alone: not of line numbers, nor of the constant pool, nor of the order of the
     * methods, which change when a JVM rebuilds the bytes of a class, as it does for one that is loaded already. So each
     * method is summed up alone, and then the sums in their own order. Labels count by their order of appearance.
     *
     * The text of a method, "[25, 0][182, java/lang/Thread, …]", is put together first and summed up at once. The numbers are written down, so the text stays as it is.
     */

    private static final int HEX_DIGITS = 8;

    private final StringBuilder text;
    private final Map<Label, Integer> labels = new HashMap<>();
    private long sum;

    /**
     * Of a method that is visited next.
     *
     * @param text used until the method has been visited, and by the next one after that
     */
    Fingerprint(String name, String descriptor, StringBuilder text) {
        super(Opcodes.ASM9);
        this.text = text;
        text.setLength(0);
        part(name, descriptor);
        sum = sum(text); // a method without code has no more
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
        sum = sum(text);
    }

    /** Of several methods: eight hexadecimal digits. */
    static String of(List<Fingerprint> methods) {
        long[] sums = new long[methods.size()];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = methods.get(i).sum;
        }
        Arrays.sort(sums);
        StringBuilder all = new StringBuilder();
        for (long sum : sums) {
            all.append('[').append(sum).append(']');
        }
        String digits = Long.toHexString(sum(all));
        return "0".repeat(HEX_DIGITS - digits.length()) + digits;
    }

    private static long sum(StringBuilder text) {
        CRC32 sum = new CRC32();
        sum.update(text.toString().getBytes(StandardCharsets.UTF_8));
        return sum.getValue();
    }

    private void part(String first, String second) {
        text.append('[').append(first).append(", ").append(second).append(']');
    }

    private void part(int first, int second) {
        text.append('[').append(first).append(", ").append(second).append(']');
    }

    private void member(int opcode, String owner, String member, String descriptor) {
        text.append('[').append(opcode).append(", ").append(owner);
        text.append(", ").append(member).append(", ").append(descriptor).append(']');
    }

    private int number(Label label) {
        Integer known = labels.putIfAbsent(label, labels.size());
        return known == null ? labels.size() - 1 : known;
    }

    @Override
    public void visitInsn(int opcode) {
        text.append('[').append(opcode).append(']');
    }

    @Override
    public void visitIntInsn(int opcode, int operand) {
        part(opcode, operand);
    }

    @Override
    public void visitVarInsn(int opcode, int variable) {
        part(opcode, variable);
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
        text.append('[').append(opcode).append(", ").append(type).append(']');
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String field, String descriptor) {
        member(opcode, owner, field, descriptor);
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String method, String descriptor, boolean isInterface) {
        member(opcode, owner, method, descriptor);
    }

    @Override
    public void visitInvokeDynamicInsn(String method, String descriptor, Handle bootstrap, Object... arguments) {
        part(method, descriptor);
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
        part(opcode, number(label));
    }

    @Override
    public void visitLdcInsn(Object value) {
        part("ldc", value.toString());
    }

    @Override
    public void visitIincInsn(int variable, int increment) {
        part(variable, increment);
    }

    @Override
    public void visitTableSwitchInsn(int min, int max, Label otherwise, Label... targets) {
        part(min, max);
    }

    @Override
    public void visitLookupSwitchInsn(Label otherwise, int[] keys, Label[] targets) {
        text.append('[').append(Arrays.toString(keys)).append(']');
    }
}
