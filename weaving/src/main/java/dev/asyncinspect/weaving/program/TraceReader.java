package dev.asyncinspect.weaving.program;

import dev.asyncinspect.core.event.AwaitCalls;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Finds the methods with {@code @Trace} in a class file, and their awaits. */
final class TraceReader extends ClassVisitor {

    /* Constructors are left out: where an exception leaves one before the call of super(), there is no frame that we could catch it with. */

    private final AwaitQuestion types;
    private final String className;
    private final boolean every;
    private final Map<String, TracedMethod> methods = new LinkedHashMap<>();
    private String source = "";
    private @Nullable String name;

    private TraceReader(ClassReader reader, AwaitQuestion types, boolean every) {
        super(Opcodes.ASM9);
        this.types = types;
        this.every = every;
        className = reader.getClassName().substring(reader.getClassName().lastIndexOf('/') + 1);
    }

    /** The methods that have both the annotation, or a class that has it, and an await; by name and descriptor. */
    static Map<String, TracedMethod> methods(ClassReader reader, AwaitQuestion types) {
        return methods(reader, types, false);
    }

    /**
     * Likewise.
     *
     * @param every as if the class had the annotation: for tests
     */
    static Map<String, TracedMethod> methods(ClassReader reader, AwaitQuestion types, boolean every) {
        TraceReader found = new TraceReader(reader, types, every);
        reader.accept(found, ClassReader.SKIP_FRAMES);
        return found.methods;
    }

    @Override
    public void visitSource(@Nullable String file, @Nullable String debug) {
        source = file == null ? "" : file;
    }

    @Override
    public @Nullable AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
        if (!descriptor.equals(TraceMark.DESCRIPTOR)) {
            return null;
        }
        name = "";
        return new Value() {
            @Override
            void is(String value) {
                name = value;
            }
        };
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
            int access, String method, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
        return method.equals("<init>") ? null : new Code(method, descriptor);
    }

    /** The awaits of one method, whose own annotation counts before that of the class. */
    private final class Code extends MethodVisitor {

        private final String method;
        private final String descriptor;
        private final List<TracedMethod.Await> awaits = new ArrayList<>();
        private @Nullable String ownName;
        private int line;

        Code(String method, String descriptor) {
            super(Opcodes.ASM9);
            this.method = method;
            this.descriptor = descriptor;
        }

        @Override
        public @Nullable AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
            if (!annotation.equals(TraceMark.DESCRIPTOR)) {
                return null;
            }
            ownName = "";
            return new Value() {
                @Override
                void is(String value) {
                    ownName = value;
                }
            };
        }

        @Override
        public void visitLineNumber(int number, Label start) {
            line = number;
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String called, String type, boolean isInterface) {
            if (types.isAwait(owner, called)) {
                awaits.add(new TracedMethod.Await(called, line));
            }
        }

        @Override
        public void visitInsn(int opcode) {
            if (opcode == Opcodes.MONITORENTER) {
                awaits.add(new TracedMethod.Await(AwaitCalls.MONITOR, line));
            }
        }

        @Override
        public void visitEnd() {
            if ((ownName != null || name != null || every) && !awaits.isEmpty()) {
                String said = ownName == null || ownName.isEmpty() ? "" : ownName;
                String shown =
                        said.isEmpty() ? (name == null || name.isEmpty() ? className : name) + "." + method : said;
                String id = method + descriptor;
                methods.put(id, TracedMethod.of(id, shown, source, awaits));
            }
        }
    }

    /** The one value of the annotation. */
    private abstract static class Value extends AnnotationVisitor {

        Value() {
            super(Opcodes.ASM9);
        }

        abstract void is(String value);

        @Override
        public void visit(@Nullable String member, Object value) {
            is(value.toString());
        }
    }
}
