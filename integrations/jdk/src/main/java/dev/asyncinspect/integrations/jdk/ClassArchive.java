package dev.asyncinspect.integrations.jdk;

import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
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
        if (vm == null) {
            return null;
        }
        try {
            // Reflection would list all methods of that class, and spin a class of its own.
            MethodHandle arguments =
                    MethodHandles.lookup().findStatic(vm, "getRuntimeArguments", MethodType.methodType(String[].class));
            return option(List.of((String[]) arguments.invokeExact()));
        } catch (Throwable e) {
            return null; // a JDK without it writes none
        }
    }

    /** The last option of these by which a JVM writes one. */
    static @Nullable String option(List<String> arguments) {
        String found = null;
        for (String argument : arguments) {
            for (String writing : WRITING) { // no stream: a program that is recorded from its start waits
                found = argument.startsWith(writing) ? argument : found;
            }
        }
        return found;
    }
}
