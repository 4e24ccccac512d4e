package dev.asyncinspect.integrations.jdk;

import org.jspecify.annotations.Nullable;

/** Finds the method behind a lambda or method reference: {@code Shop.lambda$order$0}. */
final class LambdaName {

    /*
     * The class that the JDK spins for a lambda has the method in its constant pool. Reading that is exact, where a look at
     * the stack would only tell where the lambda was used first. Once for each class, never for each task.
     */

    private LambdaName() {}

    /** The method, null if it cannot be told. */
    static @Nullable String of(Class<?> lambda) {
        Object pool = Constants.of(lambda);
        String found = null;
        String boxing = null;
        for (int i = 1; pool != null && i < Constants.size(pool); i++) {
            String name = method(pool, i);
            if (name != null && isBoxing(name)) {
                boxing = name; // the method itself, or what the lambda does with an int that it hands on
            } else {
                found = name == null ? found : name;
            }
        }
        return found == null ? boxing : found;
    }

    private static boolean isBoxing(String name) {
        return name.startsWith("java.lang.") && name.endsWith(".valueOf");
    }

    private static @Nullable String method(Object pool, int index) {
        String[] parts = Constants.member(pool, index);
        boolean isMethod =
                parts != null && parts[2].startsWith("(") && !parts[1].equals("<init>") && !parts[1].endsWith("Value");
        return parts != null && isMethod ? parts[0].replace('/', '.') + "." + parts[1] : null;
    }
}
