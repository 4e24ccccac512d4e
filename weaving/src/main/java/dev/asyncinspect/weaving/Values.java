package dev.asyncinspect.weaving;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** The values that one hook hands over, in one method: whether they can be had there, and the code that pushes them. */
final class Values {

    private final Hook hook;
    private final String owner;
    private final Map<String, String> fields;
    private final boolean isStatic;
    private final String descriptor;

    /**
     * Values of a hook.
     *
     * @param owner internal name of the class
     * @param fields descriptors of its fields, by name
     * @param access flags of the method
     */
    Values(Hook hook, String owner, Map<String, String> fields, int access, String descriptor) {
        this.hook = hook;
        this.owner = owner;
        this.fields = fields;
        this.isStatic = (access & Opcodes.ACC_STATIC) != 0;
        this.descriptor = descriptor;
    }

    /** Why they cannot be had; null if they can. */
    @Nullable
    String obstacle(Stack stack) {
        for (int i = 0; i < hook.captures().size(); i++) {
            Capture capture = hook.captures().get(i);
            if (hook.place().kind() == Place.Kind.THROWN && capture.kind() != Capture.Kind.CONSTANT) {
                return "where a method throws, nothing but a constant is there";
            }
            String type = type(capture, stack);
            boolean wantsNumber = hook.number() != null && i == 0;
            if (wantsNumber ? !Descriptors.isWhole(type) : !Descriptors.isReference(type)) {
                return name(capture) + (type.isEmpty() ? " is not there" : " is of type " + type);
            }
        }
        return null;
    }

    /** Pushes them and calls the bridge. */
    void hand(MethodVisitor code, Stack stack, int slot) {
        boolean number = hook.number() != null;
        for (int i = 0; i < hook.captures().size(); i++) {
            if (i == 0 || hook.captures().get(0).kind() != Capture.Kind.UNDER) {
                push(code, hook.captures().get(i), stack);
            }
            String type = type(hook.captures().get(i), stack);
            if (number && i == 0 && !type.equals("J")) {
                code.visitInsn(Opcodes.I2L);
            }
        }
        if (hook.captures().size() == 1) {
            code.visitInsn(Opcodes.ACONST_NULL);
        }
        JdkBridge.LAYOUT.call(code, JdkBridge.slot(number, slot));
    }

    private void push(MethodVisitor code, Capture capture, Stack stack) {
        switch (capture.kind()) {
            case SELF -> code.visitVarInsn(Opcodes.ALOAD, 0);
            case TOP -> code.visitInsn(stack.top().equals("J") ? Opcodes.DUP2 : Opcodes.DUP);
            case UNDER -> code.visitInsn(Opcodes.DUP2); // both at once: TOP has nothing left to push then
            case CONSTANT -> code.visitLdcInsn(capture.number());
            case ARGUMENT -> {
                String type = type(capture, stack);
                int opcode = type.equals("J") ? Opcodes.LLOAD : Opcodes.ILOAD;
                code.visitVarInsn(
                        Descriptors.isReference(type) ? Opcodes.ALOAD : opcode,
                        Descriptors.variable(descriptor, isStatic, capture.index()));
            }
            case ARGUMENT_IF_TOP -> { // without a branch: true is 1
                code.visitInsn(Opcodes.DUP);
                code.visitVarInsn(Opcodes.ILOAD, Descriptors.variable(descriptor, isStatic, capture.index()));
                code.visitInsn(Opcodes.IMUL);
            }
            case FIELD -> {
                code.visitVarInsn(Opcodes.ALOAD, 0);
                code.visitFieldInsn(Opcodes.GETFIELD, owner, capture.field(), type(capture, stack));
            }
        }
    }

    private String type(Capture capture, Stack stack) {
        return switch (capture.kind()) {
            case SELF -> isStatic ? "" : "L" + owner + ";";
            case TOP -> stack.top();
            case UNDER -> stack.under();
            case CONSTANT -> "J";
            case ARGUMENT -> Descriptors.argument(descriptor, capture.index());
            case ARGUMENT_IF_TOP ->
                stack.top().equals("I") && descriptor.endsWith(")Z")
                        ? onlyInt(Descriptors.argument(descriptor, capture.index()))
                        : "";
            case FIELD -> isStatic ? "" : fields.getOrDefault(capture.field(), "");
        };
    }

    private static String onlyInt(String type) {
        return type.equals("I") ? type : "";
    }

    private static String name(Capture capture) {
        return switch (capture.kind()) {
            case SELF -> "the object";
            case TOP -> "the top of the stack";
            case UNDER -> "what is under the top of the stack";
            case CONSTANT -> "a constant";
            case ARGUMENT -> "argument " + capture.index();
            case ARGUMENT_IF_TOP -> "argument " + capture.index() + " if the top of the stack is true";
            case FIELD -> "field " + capture.field();
        };
    }
}
