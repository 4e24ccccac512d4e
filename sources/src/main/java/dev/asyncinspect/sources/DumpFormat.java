package dev.asyncinspect.sources;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What a file is, told by its first bytes and not by its name. */
enum DumpFormat {
    TEXT(""),
    JSON(""),
    EMPTY("is empty; take the dump again"),
    HEAP_DUMP("is a heap dump; that is read from a file only: give its name"),
    RECORDING("is a recording; that is read from a file only: give its name"),
    FLIGHT_RECORDING(
            "is a flight recording, which this version cannot read; take a thread dump with jcmd PID Thread.print -l"),
    COMPRESSED("is compressed; unpack it first"),
    HTML("is a web page, not a thread dump; save the dump as plain text"),
    BINARY("is no text; expected a thread dump made by jstack, jcmd Thread.print or Thread.dump_to_file");

    private static final int LOOK = 4096;

    private final String complaint;

    DumpFormat(String complaint) {
        this.complaint = complaint;
    }

    /** What to tell about a file that cannot be read; empty if it can. */
    String complaint() {
        return complaint;
    }

    /** Looks at the start of the stream and leaves it where it was. */
    static DumpFormat of(BufferedInputStream stream) throws IOException {
        stream.mark(LOOK);
        byte[] bytes = stream.readNBytes(LOOK);
        stream.reset();
        String start = new String(bytes, StandardCharsets.ISO_8859_1);
        String trimmed = start.stripLeading();
        if (bytes.length == 0) {
            return EMPTY;
        }
        if (start.startsWith("JAVA PROFILE")) {
            return HEAP_DUMP;
        }
        if (start.startsWith("AIRECORD")) {
            return RECORDING;
        }
        if (start.startsWith("FLR\0")) {
            return FLIGHT_RECORDING;
        }
        if (start.startsWith("\u001f\u008b") || start.startsWith("PK\u0003\u0004") || start.startsWith("BZh")) {
            return COMPRESSED;
        }
        if (start.indexOf('\0') >= 0) {
            return BINARY;
        }
        if (trimmed.regionMatches(true, 0, "<!DOCTYPE", 0, 9) || trimmed.regionMatches(true, 0, "<html", 0, 5)) {
            return HTML;
        }
        return trimmed.startsWith("{") ? JSON : TEXT;
    }
}
