package dev.asyncinspect.weaving.internal;

/** Links classes before they are transformed anew. */
public final class Linking {

    /*
     * To hand a class that is loaded to transformers the JVM writes its bytes anew from what it has. Linking rewrites those, and the JVM
     * of JDK 17 does not keep the two apart: if the program links the class at that moment, it gets bytes that are half rewritten, and
     * crashes (JDK-8277444; two of 164 starts). What is linked already is not rewritten again. There is no call for it before JDK 19, but
     * who asks for constructors gets them of a class that was linked before.
     */

    private Linking() {}

    /** Links this class, and does not initialize it; one that cannot be linked stays as it is. */
    @SuppressWarnings({"CheckReturnValue", "ReturnValueIgnored"}) // asked for what happens before
    public static void link(Class<?> type) {
        try {
            type.getDeclaredConstructors();
        } catch (LinkageError | RuntimeException e) {
            // who retransforms it is told, and the program when it uses it
        }
    }
}
