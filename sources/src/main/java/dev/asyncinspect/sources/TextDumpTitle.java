package dev.asyncinspect.sources;

import dev.asyncinspect.model.Source;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the lines that begin a text dump: its time, and {@code Full thread dump … (25.0.3+9-LTS mixed mode, sharing):}. */
final class TextDumpTitle {

    /** What every text dump begins with. */
    static final String START = "Full thread dump";

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private TextDumpTitle() {}

    static RawDump begin(long pid, String lineBefore, String title) {
        int open = title.indexOf('(');
        int end = title.indexOf(' ', open);
        String version = open < 0 || end < 0 ? null : title.substring(open + 1, end);
        return new RawDump(Source.Distance.TEXT_DUMP, pid, time(lineBefore), version);
    }

    /** The time in the zone of this machine; null if the line before the title is something else. */
    private static @Nullable Instant time(String line) {
        try {
            return LocalDateTime.parse(line.trim(), TIME)
                    .atZone(ZoneId.systemDefault())
                    .toInstant();
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
