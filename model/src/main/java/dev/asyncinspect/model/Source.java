package dev.asyncinspect.model;

import org.jspecify.annotations.Nullable;

/**
 * Where a snapshot comes from.
 *
 * @param distance how close to the program we stood
 * @param description for a person: {@code pid 4711}, {@code hang.txt}
 * @param pid process id of the JVM, {@link ThreadAttributes#NONE} if not told
 * @param jvmVersion version of the JVM as it prints it, null if not told
 */
public record Source(
        Distance distance,
        String description,
        long pid,
        @Nullable String jvmVersion) {

    /** How close to the program a snapshot was taken; see the design, section 2. */
    public enum Distance {
        /** A text dump ({@code jstack}, {@code jcmd Thread.print}). */
        TEXT_DUMP,
        /** A JSON dump ({@code Thread.dump_to_file}). */
        JSON_DUMP,
        /** A text and a JSON dump of one JVM, joined. */
        JOINED_DUMPS,
        /** Read by an agent in the running JVM, loaded on demand, that changes no bytecode. */
        ATTACH,
        /** A heap dump: every object and every stack of one instant. */
        HEAP,
        /** One moment of a recording: told by the events up to it. */
        RECORDING
    }
}
