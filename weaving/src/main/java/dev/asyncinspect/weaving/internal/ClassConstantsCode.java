package dev.asyncinspect.weaving.internal;

import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** The bytes of a class that is a {@link ClassConstants}. */
final class ClassConstantsCode {

    private static final String NAME = Type.getInternalName(ClassConstants.class) + "Made";
    private static final String POOL = "jdk/internal/reflect/ConstantPool";
    private static final String ACCESS = "jdk/internal/access/JavaLangAccess";

    private ClassConstantsCode() {}

    static byte[] bytes() {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(Opcodes.V17, Opcodes.ACC_FINAL | Opcodes.ACC_SUPER, NAME, null, "java/lang/Object", new String[] {
            Type.getInternalName(ClassConstants.class)
        });
        MethodVisitor constructor = begin(writer, "<init>", "()V");
        constructor.visitVarInsn(Opcodes.ALOAD, 0);
        constructor.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
        end(constructor, Opcodes.RETURN);

        MethodVisitor of = begin(writer, "of", "(Ljava/lang/Class;)Ljava/lang/Object;");
        of.visitMethodInsn(
                Opcodes.INVOKESTATIC,
                "jdk/internal/access/SharedSecrets",
                "getJavaLangAccess",
                "()L" + ACCESS + ";",
                false);
        of.visitVarInsn(Opcodes.ALOAD, 1);
        of.visitMethodInsn(
                Opcodes.INVOKEINTERFACE, ACCESS, "getConstantPool", "(Ljava/lang/Class;)L" + POOL + ";", true);
        end(of, Opcodes.ARETURN);

        MethodVisitor size = begin(writer, "size", "(Ljava/lang/Object;)I");
        call(size, "getSize", "()I");
        end(size, Opcodes.IRETURN);

        MethodVisitor member = begin(writer, "member", "(Ljava/lang/Object;I)[Ljava/lang/String;");
        call(member, "getMemberRefInfoAt", "(I)[Ljava/lang/String;");
        end(member, Opcodes.ARETURN);

        MethodVisitor tag = begin(writer, "tag", "(Ljava/lang/Object;I)Ljava/lang/Object;");
        call(tag, "getTagAt", "(I)L" + POOL + "$Tag;");
        end(tag, Opcodes.ARETURN);

        MethodVisitor field = begin(writer, "loadedField", "(Ljava/lang/Object;I)Ljava/lang/reflect/Field;");
        call(field, "getFieldAtIfLoaded", "(I)Ljava/lang/reflect/Field;");
        end(field, Opcodes.ARETURN);
        writer.visitEnd();
        return writer.toByteArray();
    }

    private static MethodVisitor begin(ClassWriter writer, String name, String descriptor) {
        MethodVisitor code = writer.visitMethod(Opcodes.ACC_PUBLIC, name, descriptor, null, null);
        code.visitCode();
        return code;
    }

    /** Calls the pool, the first argument, with the second if there is one. */
    private static void call(MethodVisitor code, String name, String descriptor) {
        code.visitVarInsn(Opcodes.ALOAD, 1);
        code.visitTypeInsn(Opcodes.CHECKCAST, POOL);
        if (descriptor.startsWith("(I)")) {
            code.visitVarInsn(Opcodes.ILOAD, 2);
        }
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, POOL, name, descriptor, false);
    }

    private static void end(MethodVisitor code, int opcode) {
        code.visitInsn(opcode);
        code.visitMaxs(0, 0);
        code.visitEnd();
    }
}
