package dev.asyncinspect.sources;

import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/** Reads lines of bounded length: a log may hold a line of hundreds of megabytes. */
final class LineReader {

    /** No line of a thread dump is longer. The rest of a longer one is passed over. */
    private static final int MAX_LINE = 1 << 16;

    private final Reader reader;
    private final char[] buffer = new char[1 << 16];
    private final StringBuilder begun = new StringBuilder();
    private int position;
    private int limit;

    LineReader(Reader reader) {
        this.reader = reader;
    }

    /** The next line without its end, null at the end of the text. */
    @Nullable
    String next() throws IOException {
        begun.setLength(0);
        boolean any = false;
        while (position < limit || fill()) {
            any = true;
            int end = position;
            while (end < limit && buffer[end] != '\n') {
                end++;
            }
            boolean whole = end < limit;
            if (whole && begun.length() == 0) {
                String line = new String(buffer, position, Math.min(end - position, MAX_LINE));
                position = end + 1;
                return line;
            }
            begun.append(buffer, position, Math.min(end - position, MAX_LINE - begun.length()));
            position = whole ? end + 1 : end;
            if (whole) {
                break;
            }
        }
        return any ? begun.toString() : null;
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(0, reader.read(buffer, 0, buffer.length));
        return limit > 0;
    }
}
