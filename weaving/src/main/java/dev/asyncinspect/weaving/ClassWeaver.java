package dev.asyncinspect.weaving;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Weaves all hooks of one class into its bytes, those that fit. */
final class ClassWeaver extends ClassVisitor {

    /*
     * One walk over the class finds out whether its hooks fit and inserts them: a program that is recorded from its start waits for it, and none
     * of this code is compiled by then. What was woven is used only if all hooks that were inserted fit; else it is thrown away, and
     * the others are woven anew.
     */

    private final String owner;
    private final Map<String, List<HookFit>> byMethod = new HashMap<>();
    private final Map<String, String> fields = new HashMap<>();

    private ClassWeaver(String owner, List<HookFit> hooks, ClassWriter writer) {
        super(Opcodes.ASM9, writer);
        this.owner = owner;
        for (HookFit hook : hooks) {
            for (Hook.Method method : hook.live.hook.methods()) {
                List<HookFit> there = byMethod.computeIfAbsent(method.name(), none -> new ArrayList<>(2));
                if (!there.contains(hook)) {
                    there.add(hook);
                }
            }
        }
    }

    /**
     * The woven bytes; null if no hook fits.
     *
     * @param hooks of this class; told whether they fit
     */
    static byte @Nullable [] weave(byte[] bytes, List<LiveHook> hooks) {
        ClassReader reader = new ClassReader(bytes);
        List<HookFit> all = fits(hooks);
        byte[] woven = weave(reader, all);
        List<LiveHook> fitting = new ArrayList<>(hooks.size());
        boolean usable = true;
        for (HookFit fit : all) {
            String obstacle = fit.obstacle();
            if (obstacle == null) {
                fit.live.fits(fit.places());
                fitting.add(fit.live);
            } else {
                fit.live.skip(obstacle);
                usable &= fit.places() == 0;
            }
        }
        if (fitting.isEmpty()) {
            return null;
        }
        return usable ? woven : weave(reader, fits(fitting));
    }

    private static List<HookFit> fits(List<LiveHook> hooks) {
        List<HookFit> fits = new ArrayList<>(hooks.size());
        for (LiveHook live : hooks) {
            fits.add(new HookFit(live));
        }
        return fits;
    }

    private static byte[] weave(ClassReader reader, List<HookFit> hooks) {
        // The frames stay as they are; only the greatest depth of the stack is computed anew.
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        reader.accept(new ClassWeaver(reader.getClassName(), hooks, writer), 0);
        return writer.toByteArray();
    }

    @Override
    public @Nullable FieldVisitor visitField(
            int access, String name, String descriptor, @Nullable String signature, @Nullable Object value) {
        fields.put(name, descriptor); // all of them come before the first method
        return super.visitField(access, name, descriptor, signature, value);
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
            int access, String name, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
        MethodVisitor code = super.visitMethod(access, name, descriptor, signature, exceptions);
        for (HookFit fit : byMethod.getOrDefault(name, List.of())) {
            if (fit.live.hook.isIn(name, descriptor)) {
                code = fit.in(name, code, new Values(fit.live.hook, owner, fields, access, descriptor));
            }
        }
        return code;
    }
}
