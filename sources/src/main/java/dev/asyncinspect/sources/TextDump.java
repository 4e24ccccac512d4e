package dev.asyncinspect.sources;

import dev.asyncinspect.model.ThreadAttributes;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One text dump as it was printed. */
final class TextDump {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    /** Process id, NONE if the dump was not made by jcmd. */
    final long pid;

    /** When it was made, in the time zone of this machine; null if it does not say. */
    final @Nullable Instant takenAt;

    /** Version of the JVM, null if the first line does not say. */
    final @Nullable String jvmVersion;

    final List<RawThread> threads = new ArrayList<>();
    /** How many platform threads the dump says there are, NONE if it does not say. */
    long listedThreads = ThreadAttributes.NONE;
    /** Whether the end of the dump was seen. */
    boolean complete;

    TextDump(long pid, String lineBefore, String title) {
        this.pid = pid;
        this.takenAt = time(lineBefore);
        int open = title.indexOf('(');
        int end = title.indexOf(' ', open);
        this.jvmVersion = open < 0 || end < 0 ? null : title.substring(open + 1, end);
    }

    private static @Nullable Instant time(String line) {
        try {
            return LocalDateTime.parse(line.trim(), TIME)
                    .atZone(ZoneId.systemDefault())
                    .toInstant();
        } catch (DateTimeParseException e) {
            return null; // the line before is something else: the dump is not dated
        }
    }
}
