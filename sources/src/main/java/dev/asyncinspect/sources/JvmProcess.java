package dev.asyncinspect.sources;

import org.jspecify.annotations.Nullable;

/**
 * A JVM that runs on this machine.
 *
 * @param pid its process id as we see it
 * @param mainClass main class or jar, empty if not told
 * @param user who runs it, empty if not told
 * @param version version of the JVM, null if not told
 * @param obstacle why it cannot be inspected, null if nothing speaks against it
 */
public record JvmProcess(
        long pid,
        String mainClass,
        String user,
        @Nullable String version,
        @Nullable String obstacle) {

    /** The same, with nothing after the main class or jar: arguments of programs may hold secrets. */
    public JvmProcess withoutArguments() {
        return new JvmProcess(pid, mainClass.strip().split(" ", 2)[0], user, version, obstacle);
    }
}
