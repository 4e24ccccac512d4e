package dev.asyncinspect.sources;

import java.io.BufferedReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads lines of bounded length: a log may hold a line of hundreds of megabytes. */
final class LineReader {

    /** No line of a thread dump is longer. The rest of a longer one is passed over. */
    private static final int MAX_LINE = 1 << 16;

    private final BufferedReader reader;
    private final StringBuilder line = new StringBuilder(256);

    LineReader(BufferedReader reader) {
        this.reader = reader;
    }

    /** The next line without its end, null at the end of the text. */
    @Nullable
    String next() throws IOException {
        line.setLength(0);
        int character = reader.read();
        if (character < 0) {
            return null;
        }
        while (character >= 0 && character != '\n') {
            if (line.length() < MAX_LINE) {
                line.append((char) character);
            }
            character = reader.read();
        }
        return line.toString();
    }
}
