package dev.asyncinspect.weaving.program;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodTooLargeException;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Weaves labels around the awaits of the methods with {@code @Trace} of one class. */
final class TraceWeaver {

    /*
     * A method that would grow past what the JVM allows, or past what its compiler compiles, is left as it is: the class is then
     * woven anew without it. Frames stay as they are, so no class has to be known to compute them.
     */

    private TraceWeaver() {}

    /**
     * A class that was woven.
     *
     * @param bytes of the class
     * @param methods how many of its methods have labels
     * @param awaits how many awaits they have
     * @param leftOut methods that would have grown too large
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
    record Woven(byte[] bytes, int methods, int awaits, List<String> leftOut) {}

    /**
     * The woven class; null if it has no such method, or is too old to have frames.
     *
     * @param traced the methods to weave, by name and descriptor
     * @param types by which they were found
     * @param symbols gives the number of a label
     */
    static @Nullable Woven weave(
            ClassReader reader, Map<String, TracedMethod> traced, AwaitQuestion types, ToIntFunction<String> symbols) {
        Map<String, TracedMethod> methods = new HashMap<>(traced);
        List<String> leftOut = new ArrayList<>();
        while (!methods.isEmpty() && majorVersion(reader) >= Opcodes.V1_7) {
            try {
                Visitor visitor =
                        new Visitor(new ClassWriter(reader, ClassWriter.COMPUTE_MAXS), methods, types, symbols);
                reader.accept(visitor, 0);
                if (visitor.tooLarge.isEmpty()) {
                    int awaits = methods.values().stream()
                            .mapToInt(method -> method.labels().size())
                            .sum();
                    return new Woven(visitor.writer.toByteArray(), methods.size(), awaits, leftOut);
                }
                leftOut.addAll(visitor.tooLarge);
                visitor.tooLarge.forEach(methods::remove);
            } catch (MethodTooLargeException e) {
                String method = e.getMethodName() + e.getDescriptor();
                if (methods.remove(method) == null) {
                    throw e;
                }
                leftOut.add(method);
            }
        }
        return null;
    }

    private static int majorVersion(ClassReader reader) {
        return reader.readUnsignedShort(6);
    }

    private static final class Visitor extends ClassVisitor {

        final ClassWriter writer;
        final List<String> tooLarge = new ArrayList<>();
        private final Map<String, TracedMethod> methods;
        private final AwaitQuestion types;
        private final ToIntFunction<String> symbols;

        Visitor(
                ClassWriter writer,
                Map<String, TracedMethod> methods,
                AwaitQuestion types,
                ToIntFunction<String> symbols) {
            super(Opcodes.ASM9, writer);
            this.writer = writer;
            this.methods = methods;
            this.types = types;
            this.symbols = symbols;
        }

        @Override
        public @Nullable MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            MethodVisitor code = super.visitMethod(access, name, descriptor, signature, exceptions);
            TracedMethod method = methods.get(name + descriptor);
            if (method == null) {
                return code;
            }
            return new LabelledCode(code, method, types, symbols, () -> tooLarge.add(method.id()));
        }
    }
}
