package dev.asyncinspect.weaving.internal;

import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;

/** Hands classes that are loaded to the transformers again. */
public final class Retransforming {

    /*
     * The JVM makes the bytes of such a class from what it has of it. To link a class rewrites that, and before JDK 25.0.2 the two are not kept
     * apart (JDK-8277444): if the program links the class at that moment, transformers get bytes that are half rewritten, and the JVM
     * crashes when it takes them back. What is linked is not rewritten again, so it is linked first. There is no call for that before
     * JDK 19; but who asks for the constructors of a class gets them of one that was linked before.
     */

    private Retransforming() {}

    /**
     * The same as {@link Instrumentation#retransformClasses}, for classes in any state.
     *
     * @throws UnmodifiableClassException if one of them may not be changed
     */
    public static void of(Instrumentation instrumentation, Class<?>... classes) throws UnmodifiableClassException {
        for (Class<?> type : classes) {
            link(type);
        }
        instrumentation.retransformClasses(classes);
    }

    @SuppressWarnings({"CheckReturnValue", "ReturnValueIgnored"}) // asked for what happens before
    private static void link(Class<?> type) {
        try {
            type.getDeclaredConstructors();
        } catch (LinkageError e) {
            // one that cannot be linked is told when it is retransformed, or when the program uses it
        }
    }
}
