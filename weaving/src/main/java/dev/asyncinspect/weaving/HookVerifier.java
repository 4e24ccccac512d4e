package dev.asyncinspect.weaving;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Finds out, before anything is changed, whether a hook fits the class as it is on this JVM. */
final class HookVerifier {

    private HookVerifier() {}

    /**
     * What was found.
     *
     * @param places how many places the hook would be woven into
     * @param obstacle why it cannot be, null if it can
     * @param fingerprint of the methods it would be woven into
     */
    record Fit(int places, @Nullable String obstacle, String fingerprint) {}

    static Fit verify(Hook hook, ClassReader bytes) {
        return new Walk(hook, bytes.getClassName()).fit(bytes);
    }

    /** Names and descriptors of the fields of a class. */
    static Map<String, String> fields(ClassReader bytes) {
        Map<String, String> fields = new HashMap<>();
        bytes.accept(
                new ClassVisitor(Opcodes.ASM9) {
                    @Override
                    public @Nullable FieldVisitor visitField(
                            int access,
                            String name,
                            String descriptor,
                            @Nullable String signature,
                            @Nullable Object value) {
                        fields.put(name, descriptor);
                        return null;
                    }
                },
                ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return fields;
    }

    private static final class Walk extends ClassVisitor {

        private final Hook hook;
        private final String owner;
        private final Fingerprint fingerprint = new Fingerprint();
        private Map<String, String> fields = Map.of();
        private int places;
        private int methods;
        private @Nullable String obstacle;

        Walk(Hook hook, String owner) {
            super(Opcodes.ASM9);
            this.hook = hook;
            this.owner = owner;
        }

        Fit fit(ClassReader bytes) {
            fields = fields(bytes);
            bytes.accept(this, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
            if (methods == 0) {
                obstacle = "this class has no such method";
            } else if (obstacle == null && places < hook.atLeast()) {
                obstacle = "found " + places + " such places, not " + hook.atLeast();
            }
            return new Fit(places, obstacle, fingerprint.toString());
        }

        @Override
        public @Nullable MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            if (!hook.isIn(name, descriptor)) {
                return null;
            }
            methods++;
            if (name.equals("<init>") && hook.place().kind() == Place.Kind.ENTRY) {
                obstacle = "a constructor has no object yet at its entry";
            }
            Values values = new Values(hook, owner, fields, access, descriptor);
            return new PlaceVisitor(hook.place(), fingerprint.of(name, descriptor)) {
                @Override
                void here(Stack stack) {
                    places++;
                    String missing = values.obstacle(stack);
                    obstacle = obstacle == null ? missing : obstacle;
                }
            };
        }
    }
}
