package dev.asyncinspect.weaving;

import dev.asyncinspect.testkit.OwnInstrumentation;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The bytes of a class as the JVM has it now, with what all agents did to it. */
public final class LoadedBytes implements ClassFileTransformer {

    private final Class<?> wanted;
    private byte @Nullable [] bytes;

    private LoadedBytes(Class<?> wanted) {
        this.wanted = wanted;
    }

    public static byte[] of(Class<?> type) {
        Instrumentation instrumentation = OwnInstrumentation.get();
        LoadedBytes witness = new LoadedBytes(type);
        instrumentation.addTransformer(witness, true);
        try {
            instrumentation.retransformClasses(type);
            return Objects.requireNonNull(witness.bytes);
        } catch (Exception e) {
            throw new AssertionError(e);
        } finally {
            instrumentation.removeTransformer(witness);
        }
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String name,
            @Nullable Class<?> type,
            @Nullable ProtectionDomain domain,
            byte[] given) {
        if (type == wanted) {
            bytes = given.clone();
        }
        return null;
    }
}
