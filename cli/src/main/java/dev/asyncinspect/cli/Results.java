package dev.asyncinspect.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where results are printed: standard output, which may be a pipe whose reader goes away, or a file on a full disk. */
final class Results extends PrintStream {

    /* A PrintStream swallows what goes wrong. A reader that has gone away (head) is no error, but whoever prints for ever or a million
     * lines is to stop; an answer that is lost otherwise must be told, or half an answer is taken for a whole one. */

    private final Sink sink;

    private Results(Sink sink) {
        super(sink, false, StandardCharsets.UTF_8);
        this.sink = sink;
    }

    static Results to(OutputStream out) {
        return new Results(new Sink(out));
    }

    /** Whether nothing that is printed arrives any longer. */
    boolean isGone() {
        return sink.failure != null;
    }

    /** Why something did not arrive; null if all did, or if nobody reads it any longer. */
    @Nullable
    String loss() {
        String failure = sink.failure;
        boolean readerGone = failure != null && failure.toLowerCase(Locale.ROOT).contains("broken pipe");
        return readerGone ? null : failure;
    }

    /** Remembers the first failure. */
    private static final class Sink extends FilterOutputStream {

        private volatile @Nullable String failure;

        Sink(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int octet) throws IOException {
            try {
                out.write(octet);
            } catch (IOException e) {
                throw remembered(e);
            }
        }

        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
            try {
                out.write(octets, offset, length);
            } catch (IOException e) {
                throw remembered(e);
            }
        }

        @Override
        public void flush() throws IOException {
            try {
                out.flush();
            } catch (IOException e) {
                throw remembered(e);
            }
        }

        private IOException remembered(IOException e) {
            if (failure == null) {
                failure = String.valueOf(e.getMessage());
            }
            return e;
        }
    }
}
