package dev.asyncinspect.weaving;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Tells the hooks of one class which code they are in. */
final class Fingerprints extends ClassVisitor {

    private final List<LiveHook> hooks;
    private final List<List<Fingerprint>> methods = new ArrayList<>();
    private final StringBuilder text = new StringBuilder(4096);

    private Fingerprints(List<LiveHook> hooks) {
        super(Opcodes.ASM9);
        this.hooks = hooks;
        hooks.forEach(hook -> methods.add(new ArrayList<>()));
    }

    /**
     * Sums up the methods that hooks were woven into; each once, however many hooks it has.
     *
     * @param bytes the class as it was before
     * @param tested {@code name fingerprint} of code that hooks were tested with
     */
    static void tell(byte[] bytes, List<LiveHook> hooks, Set<String> tested) {
        Fingerprints all = new Fingerprints(hooks);
        new ClassReader(bytes).accept(all, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        for (int i = 0; i < hooks.size(); i++) {
            if (hooks.get(i).isUnsummed()) {
                hooks.get(i).is(Fingerprint.of(all.methods.get(i)), tested);
            }
        }
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
            int access, String name, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
        Fingerprint sum = null;
        for (int i = 0; i < hooks.size(); i++) {
            if (hooks.get(i).hook.isIn(name, descriptor)) {
                sum = sum == null ? new Fingerprint(name, descriptor, text) : sum;
                methods.get(i).add(sum);
            }
        }
        return sum;
    }
}
