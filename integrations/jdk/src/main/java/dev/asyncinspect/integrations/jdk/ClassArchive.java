package dev.asyncinspect.integrations.jdk;

import java.lang.instrument.Instrumentation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a JVM is to write an archive of its classes, which it does not survive if they are woven. */
public final class ClassArchive {

    /*
     * A JVM that writes an AOT cache (JEP 483, 514) leaves out what an agent has changed, and crashes at its end over what it derived
     * from that: seen on 25.0.3, where it exits with 134, and so with other agents that weave. Dynamic archives are refused with any
     * agent, but for a diagnostic option with which 17 and 25 crash alike. An agent that only reads does no harm.
     *
     * The arguments are asked of the JVM itself: they may come from variables and files as well. java.management is not everywhere.
     */

    private static final List<String> WRITING = List.of(
            "-XX:AOTCacheOutput=", "-XX:AOTMode=record", "-XX:AOTMode=create", "-XX:+AllowArchivingWithJavaAgent");

    private ClassArchive() {}

    /** The option of this JVM by which it writes one, null if there is none or if that cannot be found out. */
    public static @Nullable String option(Instrumentation instrumentation) {
        Insides.open(instrumentation);
        Class<?> vm = Insides.type("jdk.internal.misc.VM");
        try {
            Object arguments =
                    vm == null ? null : vm.getMethod("getRuntimeArguments").invoke(null);
            return arguments instanceof String[] texts ? option(List.of(texts)) : null;
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null; // a JDK without it writes none
        }
    }

    /** The last option of these by which a JVM writes one. */
    static @Nullable String option(List<String> arguments) {
        String found = null;
        for (String argument : arguments) {
            if (WRITING.stream().anyMatch(argument::startsWith)) {
                found = argument;
            }
        }
        return found;
    }
}
