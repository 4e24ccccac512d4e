package dev.asyncinspect.integrations.jdk;

import org.jspecify.annotations.Nullable;

/** Finds the method behind a lambda or method reference: {@code Shop.lambda$order$0}. */
final class LambdaName {

    /*
     * The class that the JDK spins for a lambda has the method in its constant pool. Reading that is exact, where a look at
     * the stack would only tell where the lambda was used first. Once for each class, never for each task.
     */

    /** So often a handle runs before the JDK makes a class for it alone, with some to spare. */
    private static final int UNTIL_SETTLED = 150;

    private LambdaName() {}

    /** Uses the handles until the JDK has settled how they run. */
    static void rehearse(Class<?> lambda) {
        for (int i = 0; i < UNTIL_SETTLED; i++) {
            entries(lambda);
        }
        for (int used = 0; used < UNTIL_SETTLED; used += Math.max(1, entries(lambda))) {
            of(lambda);
        }
    }

    private static int entries(Class<?> type) {
        Object pool = Constants.of(type);
        return pool == null ? 0 : Constants.size(pool);
    }

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
