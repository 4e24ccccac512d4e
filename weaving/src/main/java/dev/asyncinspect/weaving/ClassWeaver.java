package dev.asyncinspect.weaving;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Weaves all hooks of one class into its bytes, those that fit. */
final class ClassWeaver {

    private ClassWeaver() {}

    /**
     * The woven bytes; null if no hook fits.
     *
     * @param hooks of this class; told whether they fit
     */
    static byte @Nullable [] weave(byte[] bytes, List<LiveHook> hooks) {
        ClassReader reader = new ClassReader(bytes);
        HookVerifier.Fits found = HookVerifier.verify(hooks, reader);
        List<LiveHook> fitting = new ArrayList<>();
        for (int i = 0; i < hooks.size(); i++) {
            HookVerifier.Fit fit = found.fits().get(i);
            if (fit.obstacle() == null) {
                hooks.get(i).fits(fit.places());
                fitting.add(hooks.get(i));
            } else {
                hooks.get(i).skip(fit.obstacle());
            }
        }
        return fitting.isEmpty() ? null : weave(reader, fitting, found.fields());
    }

    private static byte[] weave(ClassReader reader, List<LiveHook> fitting, Map<String, String> fields) {
        // The frames stay as they are; only the greatest depth of the stack is computed anew.
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    @Override
                    public @Nullable MethodVisitor visitMethod(
                            int access,
                            String name,
                            String descriptor,
                            @Nullable String signature,
                            String @Nullable [] exceptions) {
                        MethodVisitor code = super.visitMethod(access, name, descriptor, signature, exceptions);
                        for (LiveHook live : fitting) {
                            if (live.hook.isIn(name, descriptor)) {
                                code = inserter(
                                        live,
                                        new Values(live.hook, reader.getClassName(), fields, access, descriptor),
                                        code);
                            }
                        }
                        return code;
                    }
                },
                0);
        return writer.toByteArray();
    }

    private static MethodVisitor inserter(LiveHook live, Values values, MethodVisitor next) {
        return live.hook.place().kind() == Place.Kind.THROWN
                ? new HandlerInserter(live, values, next)
                : new PlaceVisitor(live.hook.place(), next) {
                    @Override
                    void here(Stack stack) {
                        values.hand(next, stack, live.slot);
                    }
                };
    }
}
