package dev.asyncinspect.integrations.jdk;

import dev.asyncinspect.weaving.internal.ClassConstants;
import org.jspecify.annotations.Nullable;

/** Finds the method behind a lambda or method reference: {@code Shop.lambda$order$0}. */
final class LambdaName {

    /*
     * The class that the JDK spins for a lambda has the method in its constant pool. Reading that is exact, where a look at
     * the stack would only tell where the lambda was used first. Once for each class, never for each task.
     */

    private static final ClassConstants CONSTANTS = ClassConstants.make();

    private LambdaName() {}

    /** The method, null if it cannot be told. */
    static @Nullable String of(Class<?> lambda) {
        String found = null;
        String boxing = null;
        try {
            Object pool = CONSTANTS.of(lambda);
            if (pool == null) {
                return null;
            }
            int entries = CONSTANTS.size(pool);
            for (int i = 1; i < entries; i++) {
                String name = method(pool, i);
                if (name != null && isBoxing(name)) {
                    boxing = name; // the method itself, or what the lambda does with an int that it hands on
                } else {
                    found = name == null ? found : name;
                }
            }
        } catch (RuntimeException | LinkageError e) {
            return null; // this JDK keeps them elsewhere: lambdas have the name of their class then
        }
        return found == null ? boxing : found;
    }

    private static boolean isBoxing(String name) {
        return name.startsWith("java.lang.") && name.endsWith(".valueOf");
    }

    private static @Nullable String method(Object pool, int index) {
        try {
            String[] parts = CONSTANTS.member(pool, index);
            if (parts == null) {
                return null;
            }
            boolean isMethod = parts[2].startsWith("(") && !parts[1].equals("<init>") && !parts[1].endsWith("Value");
            return isMethod ? parts[0].replace('/', '.') + "." + parts[1] : null;
        } catch (IllegalArgumentException e) {
            return null; // an entry of another kind
        }
    }
}
