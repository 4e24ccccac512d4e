package dev.asyncinspect.sources;

import dev.asyncinspect.model.Source;
import dev.asyncinspect.model.ThreadAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One dump as it was written, before anything is concluded from it. Filled by one parser, then only read. */
final class RawDump {

    final Source.Distance form;
    /** Process id, NONE if the dump does not say. */
    final long pid;
    /** When it was made; null if it does not say. */
    final @Nullable Instant takenAt;
    /** Version of the JVM, null if the dump does not say. */
    final @Nullable String jvmVersion;

    final List<RawThread> threads = new ArrayList<>();
    /** How many threads the dump says there are besides mounted virtual ones, NONE if it does not say. */
    long listedThreads = ThreadAttributes.NONE;
    /** Whether the end of the dump was seen. */
    boolean complete;

    RawDump(Source.Distance form, long pid, @Nullable Instant takenAt, @Nullable String jvmVersion) {
        this.form = form;
        this.pid = pid;
        this.takenAt = takenAt;
        this.jvmVersion = jvmVersion;
    }

    boolean isJson() {
        return form == Source.Distance.JSON_DUMP;
    }
}
