package dev.asyncinspect.weaving.program;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Weaves the classes of logging libraries that keep a context for each thread: what is put into it, and taken out. */
final class ContextWeaver {

    /*
     * The classes behind MDC and ThreadContext, and not these: a facade without a library behind it keeps nothing. A call at the
     * entry of each method, of the first argument and a constant: no branch, so the frames stay as they are.
     *
     *   LogbackMDCAdapter, BasicMDCAdapter          put remove clear setContextMap
     *   …ThreadContextMap of Log4j 2                put putValue putAll putAllValues remove removeAll clear
     *   childValue of an InheritableThreadLocal in one of them: threads inherit the context of who makes them
     */

    private static final String LOG4J = "org/apache/logging/log4j/";

    private static final Set<String> ADAPTERS = Set.of(
            "ch/qos/logback/classic/util/LogbackMDCAdapter",
            "ch/qos/logback/classic/util/LogbackMDCAdapterSimple",
            "org/slf4j/helpers/BasicMDCAdapter");

    private static final Set<String> LOG4J_MAPS = Set.of(
            "DefaultThreadContextMap",
            "CopyOnWriteSortedArrayThreadContextMap",
            "GarbageFreeSortedArrayThreadContextMap",
            "StringArrayThreadContextMap");

    /** What a method does, by its name and the type of its first argument. */
    private static final Map<String, Integer> METHODS = Map.ofEntries(
            Map.entry("put(Ljava/lang/String;", ContextSink.PUT),
            Map.entry("putValue(Ljava/lang/String;", ContextSink.PUT),
            Map.entry("putAll(Ljava/util/Map;", ContextSink.PUT_ALL),
            Map.entry("putAllValues(Ljava/util/Map;", ContextSink.PUT_ALL),
            Map.entry("remove(Ljava/lang/String;", ContextSink.REMOVED),
            Map.entry("removeAll(Ljava/lang/Iterable;", ContextSink.REMOVED_ALL),
            Map.entry("setContextMap(Ljava/util/Map;", ContextSink.SET),
            Map.entry("clear()", ContextSink.CLEARED));

    private static final String INHERITS = "childValue";

    /** A class with its new bytes, and how many places were found. */
    static final class Woven {

        private final byte[] bytes;
        private final int places;

        private Woven(byte[] bytes, int places) {
            this.bytes = bytes;
            this.places = places;
        }

        byte[] bytes() {
            return bytes;
        }

        int places() {
            return places;
        }
    }

    private ContextWeaver() {}

    /** Whether the class of this internal name keeps a context, or is nested in one that does. */
    static boolean isContext(String name) {
        if (!name.startsWith(LOG4J) && !name.startsWith("ch/qos/") && !name.startsWith("org/slf4j/")) {
            return false;
        }
        int nested = name.indexOf('$');
        String top = nested < 0 ? name : name.substring(0, nested);
        return ADAPTERS.contains(top)
                || (top.startsWith(LOG4J) && LOG4J_MAPS.contains(top.substring(top.lastIndexOf('/') + 1)));
    }

    static Woven weave(ClassReader reader) {
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        Methods methods = new Methods(writer);
        reader.accept(methods, 0);
        return new Woven(writer.toByteArray(), methods.places);
    }

    private static final class Methods extends ClassVisitor {

        int places;

        Methods(ClassVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public @Nullable MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            MethodVisitor code = super.visitMethod(access, name, descriptor, signature, exceptions);
            int left = Opcodes.ACC_STATIC | Opcodes.ACC_ABSTRACT | Opcodes.ACC_BRIDGE;
            if ((access & left) != 0) {
                return code;
            }
            int first = descriptor.indexOf(descriptor.startsWith("()") ? ')' : ';');
            Integer how = name.equals(INHERITS)
                    ? Integer.valueOf(ContextSink.INHERITED)
                    : METHODS.get(name + descriptor.substring(0, first + 1));
            if (how == null) {
                return code;
            }
            places++;
            return new Entry(code, how);
        }
    }

    private static final class Entry extends MethodVisitor {

        private final int how;

        Entry(MethodVisitor next, int how) {
            super(Opcodes.ASM9, next);
            this.how = how;
        }

        @Override
        public void visitCode() {
            super.visitCode();
            if (how == ContextSink.CLEARED || how == ContextSink.INHERITED) {
                super.visitInsn(Opcodes.ACONST_NULL);
            } else {
                super.visitVarInsn(Opcodes.ALOAD, 1);
            }
            super.visitIntInsn(Opcodes.BIPUSH, how);
            ProgramBridge.LAYOUT.call(mv, ProgramBridge.CONTEXT);
        }
    }
}
