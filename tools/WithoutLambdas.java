import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.TypePath;

/**
 * Makes a class of each lambda and method reference in the class files below a folder: {@code java -cp asm.jar WithoutLambdas.java
 * FOLDER}. The JVM would make it when it first comes by, more than a hundred times while a program that is recorded from its start
 * waits. What that saves was not resolved by itself: 14 ms of a start, less than its runs differ. Leaves out what only compilers and debuggers read. Run by the build of the bundle. Exit codes: 0 done,
 * 1 not, with a line on stderr.
 */
public final class WithoutLambdas {

    /*
     *   invokedynamic accept(captured…)BiConsumer [LambdaMetafactory, impl]
     *     ──►  invokestatic Outer$Lambda7.of(captured…)BiConsumer
     *
     *   final class Outer$Lambda7 implements BiConsumer {
     *       static BiConsumer of(captured…) { return new Outer$Lambda7(captured…); }       one for all if nothing is captured
     *       public void accept(Object a, Object b) { impl(captured…, (A) a, (B) b); }
     *   }
     *
     * Both calls do the same to the stack, so the frames of the class stay as they are. What is called from there is private no longer, and final.
     * What is no plain lambda (serializable, with more than one interface, or with a conversion between numbers) is refused: there is none in what
     * we ship.
     *
     * The names of local variables and the annotations for compilers are left out on the way: a seventh of the bytes that the JVM would read.
     */

    private static final String FACTORY = "java/lang/invoke/LambdaMetafactory";
    private static final String OBJECT = "java/lang/Object";

    private WithoutLambdas() {}

    public static void main(String[] args) throws IOException {
        List<Path> files;
        try (Stream<Path> below = Files.walk(Path.of(args[0]))) {
            files = below.filter(file -> file.toString().endsWith(".class")).sorted().toList();
        }
        for (Path file : files) {
            try {
                new Rewriting(file).write();
            } catch (IllegalArgumentException e) {
                System.err.println("WithoutLambdas: " + file + ": " + e.getMessage());
                System.exit(1);
            }
        }
    }

    /** One class file, and the classes that are made of its lambdas. */
    private static final class Rewriting {

        private final Path file;
        private final ClassReader reader;
        private final String outer;
        private final List<String> made = new ArrayList<>();
        private final List<byte[]> bytes = new ArrayList<>();

        /** Name and descriptor of the methods of this class that lambdas call. */
        private final Set<String> called = new HashSet<>();

        Rewriting(Path file) throws IOException {
            this.file = file;
            reader = new ClassReader(Files.readAllBytes(file));
            outer = reader.getClassName();
        }

        void write() throws IOException {
            reader.accept(new Looking(), ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
            ClassWriter writer = new ClassWriter(0);
            reader.accept(
                    new ClassVisitor(Opcodes.ASM9, writer) {
                        @Override
                        public AnnotationVisitor visitTypeAnnotation(int ref, TypePath path, String type, boolean visible) {
                            return isForCompilers(type) ? null : super.visitTypeAnnotation(ref, path, type, visible);
                        }

                        @Override
                        public FieldVisitor visitField(
                                int access, String name, String descriptor, String signature, Object value) {
                            return new FieldVisitor(
                                    Opcodes.ASM9, super.visitField(access, name, descriptor, signature, value)) {
                                @Override
                                public AnnotationVisitor visitTypeAnnotation(
                                        int ref, TypePath path, String type, boolean visible) {
                                    return isForCompilers(type)
                                            ? null
                                            : super.visitTypeAnnotation(ref, path, type, visible);
                                }
                            };
                        }

                        @Override
                        public MethodVisitor visitMethod(
                                int access, String name, String descriptor, String signature, String[] exceptions) {
                            boolean isCalled = called.contains(name + descriptor);
                            return new Calls(super.visitMethod(
                                    isCalled ? opened(access, name) : access, name, descriptor, signature, exceptions));
                        }
                    },
                    0);
            Files.write(file, writer.toByteArray());
            for (int i = 0; i < made.size(); i++) {
                String simple = made.get(i).substring(made.get(i).lastIndexOf('/') + 1);
                Files.write(file.resolveSibling(simple + ".class"), bytes.get(i));
            }
        }

        /** Package-private if it was private, and still what is called: nobody can override it. */
        private static int opened(int access, String name) {
            if ((access & Opcodes.ACC_PRIVATE) == 0) {
                return access;
            }
            boolean isObjects = (access & Opcodes.ACC_STATIC) == 0 && !name.equals("<init>");
            return access & ~Opcodes.ACC_PRIVATE | (isObjects ? Opcodes.ACC_FINAL : 0);
        }

        /** JSpecify says what may be null. */
        private static boolean isForCompilers(String annotation) {
            return annotation.startsWith("Lorg/jspecify/");
        }

        /** Finds what lambdas call. */
        private final class Looking extends ClassVisitor {

            Looking() {
                super(Opcodes.ASM9);
            }

            @Override
            public MethodVisitor visitMethod(
                    int access, String name, String descriptor, String signature, String[] exceptions) {
                return new MethodVisitor(Opcodes.ASM9) {
                    @Override
                    public void visitInvokeDynamicInsn(
                            String call, String type, Handle bootstrap, Object... arguments) {
                        if (bootstrap.getOwner().equals(FACTORY) && arguments[1] instanceof Handle target) {
                            if (target.getOwner().equals(outer)) {
                                called.add(target.getName() + target.getDesc());
                            }
                        }
                    }
                };
            }
        }

        private final class Calls extends MethodVisitor {

            Calls(MethodVisitor next) {
                super(Opcodes.ASM9, next);
            }

            @Override
            public void visitLocalVariable(
                    String name, String descriptor, String signature, Label start, Label end, int index) {
                // names are for debuggers; the lines stay, for stack traces
            }

            @Override
            public AnnotationVisitor visitLocalVariableAnnotation(
                    int ref, TypePath path, Label[] start, Label[] end, int[] index, String type, boolean visible) {
                return null; // it goes with the names
            }

            @Override
            public AnnotationVisitor visitTypeAnnotation(int ref, TypePath path, String type, boolean visible) {
                return isForCompilers(type) ? null : super.visitTypeAnnotation(ref, path, type, visible);
            }

            @Override
            public AnnotationVisitor visitInsnAnnotation(int ref, TypePath path, String type, boolean visible) {
                return isForCompilers(type) ? null : super.visitInsnAnnotation(ref, path, type, visible);
            }

            @Override
            public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
                if (!bootstrap.getOwner().equals(FACTORY)) {
                    super.visitInvokeDynamicInsn(name, descriptor, bootstrap, arguments);
                    return;
                }
                if (!bootstrap.getName().equals("metafactory")) {
                    throw new IllegalArgumentException("a lambda of a kind that is not known: " + name + descriptor);
                }
                String type = outer + "$Lambda" + (made.size() + 1);
                made.add(type);
                bytes.add(Lambda.bytes(type, name, descriptor, (Type) arguments[0], (Handle) arguments[1]));
                super.visitMethodInsn(Opcodes.INVOKESTATIC, type, "of", descriptor, false);
            }
        }
    }

    /** The class of one lambda. */
    private static final class Lambda {

        private final String type;
        private final Type[] captured;
        private final String face;
        private final ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);

        private Lambda(String type, String factory) {
            this.type = type;
            captured = Type.getArgumentTypes(factory);
            face = Type.getReturnType(factory).getInternalName();
        }

        /**
         * Its bytes.
         *
         * @param factory descriptor of the call that makes it: what it captures, and its interface
         * @param erased the method of the interface
         * @param target what it calls
         */
        static byte[] bytes(String type, String method, String factory, Type erased, Handle target) {
            Lambda lambda = new Lambda(type, factory);
            lambda.writer.visit(
                    Opcodes.V17, Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC, type, null, OBJECT, new String[] {lambda.face});
            lambda.constructor();
            lambda.factory(factory);
            lambda.call(method, erased, target);
            lambda.writer.visitEnd();
            return lambda.writer.toByteArray();
        }

        private void constructor() {
            for (int i = 0; i < captured.length; i++) {
                writer.visitField(Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL, "c" + i, captured[i].getDescriptor(), null, null)
                        .visitEnd();
            }
            MethodVisitor code = begin(Opcodes.ACC_PRIVATE, "<init>", Type.getMethodDescriptor(Type.VOID_TYPE, captured));
            code.visitVarInsn(Opcodes.ALOAD, 0);
            code.visitMethodInsn(Opcodes.INVOKESPECIAL, OBJECT, "<init>", "()V", false);
            int variable = 1;
            for (int i = 0; i < captured.length; i++) {
                code.visitVarInsn(Opcodes.ALOAD, 0);
                code.visitVarInsn(captured[i].getOpcode(Opcodes.ILOAD), variable);
                code.visitFieldInsn(Opcodes.PUTFIELD, type, "c" + i, captured[i].getDescriptor());
                variable += captured[i].getSize();
            }
            end(code, Opcodes.RETURN);
        }

        private void factory(String factory) {
            if (captured.length > 0) {
                MethodVisitor code = begin(Opcodes.ACC_STATIC, "of", factory);
                make(code);
                end(code, Opcodes.ARETURN);
                return;
            }
            String own = "L" + type + ";";
            writer.visitField(Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_FINAL, "IT", own, null, null)
                    .visitEnd();
            MethodVisitor initializer = begin(Opcodes.ACC_STATIC, "<clinit>", "()V");
            make(initializer);
            initializer.visitFieldInsn(Opcodes.PUTSTATIC, type, "IT", own);
            end(initializer, Opcodes.RETURN);
            MethodVisitor code = begin(Opcodes.ACC_STATIC, "of", factory);
            code.visitFieldInsn(Opcodes.GETSTATIC, type, "IT", own);
            end(code, Opcodes.ARETURN);
        }

        private void make(MethodVisitor code) {
            code.visitTypeInsn(Opcodes.NEW, type);
            code.visitInsn(Opcodes.DUP);
            int variable = 0;
            for (Type each : captured) {
                code.visitVarInsn(each.getOpcode(Opcodes.ILOAD), variable);
                variable += each.getSize();
            }
            code.visitMethodInsn(
                    Opcodes.INVOKESPECIAL, type, "<init>", Type.getMethodDescriptor(Type.VOID_TYPE, captured), false);
        }

        private void call(String method, Type erased, Handle target) {
            MethodVisitor code = begin(Opcodes.ACC_PUBLIC, method, erased.getDescriptor());
            List<Type> wanted = wanted(target);
            if (wanted.size() != captured.length + erased.getArgumentTypes().length) {
                throw new IllegalArgumentException("a lambda that takes another number of values than " + target);
            }
            boolean isNew = target.getTag() == Opcodes.H_NEWINVOKESPECIAL;
            if (isNew) {
                code.visitTypeInsn(Opcodes.NEW, target.getOwner());
                code.visitInsn(Opcodes.DUP);
            }
            for (int i = 0; i < captured.length; i++) {
                code.visitVarInsn(Opcodes.ALOAD, 0);
                code.visitFieldInsn(Opcodes.GETFIELD, type, "c" + i, captured[i].getDescriptor());
                convert(code, captured[i], wanted.get(i));
            }
            int variable = 1;
            for (int i = 0; i < erased.getArgumentTypes().length; i++) {
                Type argument = erased.getArgumentTypes()[i];
                code.visitVarInsn(argument.getOpcode(Opcodes.ILOAD), variable);
                variable += argument.getSize();
                convert(code, argument, wanted.get(captured.length + i));
            }
            code.visitMethodInsn(opcode(target), target.getOwner(), target.getName(), target.getDesc(), target.isInterface());
            Type result = isNew ? Type.getObjectType(target.getOwner()) : Type.getReturnType(target.getDesc());
            if (erased.getReturnType().getSort() != Type.VOID) {
                convert(code, result, erased.getReturnType());
            } else if (result.getSort() != Type.VOID) {
                code.visitInsn(result.getSize() == 2 ? Opcodes.POP2 : Opcodes.POP);
            }
            end(code, erased.getReturnType().getOpcode(Opcodes.IRETURN));
        }

        /** The object it is called on, if it is, and its arguments. */
        private static List<Type> wanted(Handle target) {
            List<Type> wanted = new ArrayList<>(List.of(Type.getArgumentTypes(target.getDesc())));
            if (target.getTag() != Opcodes.H_INVOKESTATIC && target.getTag() != Opcodes.H_NEWINVOKESPECIAL) {
                wanted.add(0, Type.getObjectType(target.getOwner()));
            }
            return wanted;
        }

        private static int opcode(Handle target) {
            return switch (target.getTag()) {
                case Opcodes.H_INVOKESTATIC -> Opcodes.INVOKESTATIC;
                case Opcodes.H_NEWINVOKESPECIAL -> Opcodes.INVOKESPECIAL;
                case Opcodes.H_INVOKEINTERFACE -> Opcodes.INVOKEINTERFACE;
                case Opcodes.H_INVOKEVIRTUAL, Opcodes.H_INVOKESPECIAL -> Opcodes.INVOKEVIRTUAL;
                default -> throw new IllegalArgumentException("a lambda that is no call: " + target);
            };
        }

        private static void convert(MethodVisitor code, Type from, Type to) {
            if (isPrimitive(from) && isPrimitive(to)) {
                if (!from.equals(to)) {
                    throw new IllegalArgumentException("a lambda that converts " + from + " to " + to);
                }
            } else if (isPrimitive(from)) {
                String box = box(from);
                code.visitMethodInsn(Opcodes.INVOKESTATIC, box, "valueOf", "(" + from + ")L" + box + ";", false);
            } else if (isPrimitive(to)) {
                code.visitTypeInsn(Opcodes.CHECKCAST, box(to));
                code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, box(to), to.getClassName() + "Value", "()" + to, false);
            } else if (!from.equals(to) && !to.getInternalName().equals(OBJECT)) {
                code.visitTypeInsn(Opcodes.CHECKCAST, to.getInternalName());
            }
        }

        private static boolean isPrimitive(Type type) {
            return type.getSort() != Type.OBJECT && type.getSort() != Type.ARRAY;
        }

        private static String box(Type primitive) {
            return switch (primitive.getSort()) {
                case Type.INT -> "java/lang/Integer";
                case Type.LONG -> "java/lang/Long";
                case Type.BOOLEAN -> "java/lang/Boolean";
                case Type.DOUBLE -> "java/lang/Double";
                default -> throw new IllegalArgumentException("a lambda with " + primitive);
            };
        }

        private MethodVisitor begin(int access, String name, String descriptor) {
            MethodVisitor code = writer.visitMethod(access, name, descriptor, null, null);
            code.visitCode();
            return code;
        }

        private static void end(MethodVisitor code, int result) {
            code.visitInsn(result);
            code.visitMaxs(0, 0);
            code.visitEnd();
        }
    }
}
