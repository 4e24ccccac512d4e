package dev.asyncinspect.weaving.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

class RetransformingTest {

    private static final String BASE = "probe.Base";
    private static final String DERIVED = "probe.Derived";
    private static final String PROBE = "probe.Probe";

    private final List<String> asked = new ArrayList<>();
    private final List<String> askedBefore = new ArrayList<>();

    @Test
    void a_class_is_linked_before_the_JVM_is_asked_to_transform_it_and_not_initialized() throws Exception {
        Class<?> probe = Class.forName(PROBE, false, new Probes());
        assertThat(asked).as("to load it is not to link it").doesNotContain(DERIVED);

        // a JVM that has the mend of JDK-8277444 links it by itself: so what is asked for is noted when it would be
        // called
        Instrumentation noting = (Instrumentation) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Instrumentation.class}, (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("retransformClasses");
                    askedBefore.addAll(asked);
                    return null;
                });
        Retransforming.of(noting, probe);

        assertThat(askedBefore).as("what the verifier has to know of it").contains(DERIVED);
        assertThat(System.getProperty(PROBE)).as("its initializer sets this").isNull();
    }

    /** Defines the probe and two classes that the verifier must load to see that one derives from the other. */
    private final class Probes extends ClassLoader {
        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            asked.add(name);
            byte[] code = switch (name) {
                case BASE -> type(BASE, Object.class.getName());
                case DERIVED -> type(DERIVED, BASE);
                case PROBE -> probe();
                default -> throw new ClassNotFoundException(name);
            };
            return defineClass(name, code, 0, code.length);
        }
    }

    private static byte[] type(String name, String parent) {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, name.replace('.', '/'), null, parent.replace('.', '/'), null);
        return writer.toByteArray();
    }

    /** {@code static Base widen(Derived it) { return it; }}, and an initializer that can be noticed. */
    private static byte[] probe() {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, PROBE.replace('.', '/'), null, "java/lang/Object", null);
        MethodVisitor widen =
                writer.visitMethod(Opcodes.ACC_STATIC, "widen", "(Lprobe/Derived;)Lprobe/Base;", null, null);
        widen.visitCode();
        widen.visitVarInsn(Opcodes.ALOAD, 0);
        widen.visitInsn(Opcodes.ARETURN);
        widen.visitMaxs(1, 1);
        widen.visitEnd();
        MethodVisitor begin = writer.visitMethod(Opcodes.ACC_STATIC, "<clinit>", "()V", null, null);
        begin.visitCode();
        begin.visitLdcInsn(PROBE);
        begin.visitInsn(Opcodes.DUP);
        begin.visitMethodInsn(
                Opcodes.INVOKESTATIC,
                "java/lang/System",
                "setProperty",
                "(Ljava/lang/String;Ljava/lang/String;)Ljava/lang/String;",
                false);
        begin.visitInsn(Opcodes.POP);
        begin.visitInsn(Opcodes.RETURN);
        begin.visitMaxs(2, 0);
        begin.visitEnd();
        return writer.toByteArray();
    }
}
