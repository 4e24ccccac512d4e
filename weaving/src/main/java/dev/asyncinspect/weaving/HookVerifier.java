package dev.asyncinspect.weaving;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Finds out, before anything is changed, whether hooks fit a class as it is on this JVM. */
final class HookVerifier extends ClassVisitor {

    /*
     * One walk over the class for all its hooks: a program that is recorded from its start waits for it, and none of this code is
     * compiled by then. A method without a hook is passed over, and one with several is summed up once.
     */

    private final String owner;
    private final List<Candidate> candidates;
    private final Map<String, String> fields = new HashMap<>();

    private HookVerifier(String owner, List<Candidate> candidates) {
        super(Opcodes.ASM9);
        this.owner = owner;
        this.candidates = candidates;
    }

    /**
     * What was found.
     *
     * @param places how many places the hook would be woven into
     * @param obstacle why it cannot be, null if it can
     */
    record Fit(int places, @Nullable String obstacle) {}

    /**
     * What was found in a class.
     *
     * @param fits one for each hook, in their order
     * @param fields names and descriptors of the fields of the class
     */
    record Fits(List<Fit> fits, Map<String, String> fields) {}

    static Fits verify(List<LiveHook> hooks, ClassReader bytes) {
        List<Candidate> candidates = new ArrayList<>(hooks.size());
        for (LiveHook live : hooks) {
            candidates.add(new Candidate(live.hook));
        }
        HookVerifier verifier = new HookVerifier(bytes.getClassName(), candidates);
        bytes.accept(verifier, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        List<Fit> fits = new ArrayList<>(candidates.size());
        for (Candidate candidate : candidates) {
            fits.add(candidate.fit());
        }
        return new Fits(fits, verifier.fields);
    }

    @Override
    public @Nullable FieldVisitor visitField(
            int access, String name, String descriptor, @Nullable String signature, @Nullable Object value) {
        fields.put(name, descriptor); // all of them come before the first method
        return null;
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
            int access, String name, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
        MethodVisitor code = null;
        for (Candidate candidate : candidates) {
            if (candidate.hook.isIn(name, descriptor)) {
                code = candidate.in(name, code, new Values(candidate.hook, owner, fields, access, descriptor));
            }
        }
        return code;
    }

    /** One hook, and what was found of it so far. */
    private static final class Candidate {

        private final Hook hook;
        private int methods;
        private int places;
        private @Nullable String obstacle;

        Candidate(Hook hook) {
            this.hook = hook;
        }

        /** Walks a method that the hook is in; whatever comes next sees it too. */
        MethodVisitor in(String name, @Nullable MethodVisitor next, Values values) {
            methods++;
            if (name.equals("<init>") && hook.place().kind() == Place.Kind.ENTRY) {
                obstacle = "a constructor has no object yet at its entry";
            }
            return new PlaceVisitor(hook.place(), next) {
                @Override
                void here(Stack stack) {
                    places++;
                    String missing = values.obstacle(stack);
                    obstacle = obstacle == null ? missing : obstacle;
                }
            };
        }

        Fit fit() {
            if (methods == 0) {
                obstacle = "this class has no such method";
            } else if (obstacle == null && places < hook.atLeast()) {
                obstacle = "found " + places + " such places, not " + hook.atLeast();
            }
            return new Fit(places, obstacle);
        }
    }
}
