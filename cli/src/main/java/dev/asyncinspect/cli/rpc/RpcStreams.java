package dev.asyncinspect.cli.rpc;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The streams of a JSON-RPC conversation as a server should see them: only whole requests of the right form get through. To
 * any other line the sender is told what is wrong with it.
 */
public final class RpcStreams {

    /*
     * Messages go out as whole lines, since the errors told here and the answers of the server come from different threads.
     * Counting requests and answers tells whether all are answered when the input has ended.
     */

    private static final String NOTIFICATION = "{\"jsonrpc\":\"2.0\",\"method\"";

    private final InputStream source;
    private final OutputStream sink;
    private final int mostBytes;
    private final Duration patience;
    private boolean ended;
    private long requests;
    private long answers;

    /**
     * A conversation.
     *
     * @param source where messages come from, one a line
     * @param sink where they go, one a line
     * @param mostBytes longer lines are refused
     * @param patience how long answers may take once nobody asks any more
     */
    public RpcStreams(InputStream source, OutputStream sink, int mostBytes, Duration patience) {
        this.source = source;
        this.sink = sink;
        this.mostBytes = mostBytes;
        this.patience = patience;
    }

    /** For the server to read: to be read by one thread. */
    public InputStream input() {
        return new Checked();
    }

    /** For the server to write. */
    public OutputStream output() {
        return new Lines();
    }

    /** Waits until the input has ended and what was asked is answered. */
    public synchronized void awaitEnd() throws InterruptedException {
        while (!ended) {
            wait();
        }
    }

    /** The server drops what it has not answered when its input ends: the end is kept from it until then. */
    private synchronized void awaitAnswers() {
        long deadline = System.nanoTime() + patience.toNanos();
        long left = patience.toMillis();
        try {
            while (answers < requests && left > 0) {
                wait(left);
                left = (deadline - System.nanoTime()) / 1_000_000;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void end() {
        ended = true;
        notifyAll();
    }

    private synchronized void asked() {
        requests++;
    }

    private synchronized void write(byte[] line) throws IOException {
        sink.write(line);
        sink.write('\n');
        sink.flush();
        if (!new String(line, StandardCharsets.UTF_8).startsWith(NOTIFICATION)) {
            answers++;
        }
        notifyAll();
    }

    private void refuse(int code, String message) throws IOException {
        asked();
        write(RpcMessage.error(code, message).getBytes(StandardCharsets.UTF_8));
    }

    /** The next line, without its end; null at the end of the source; cut off, one byte too long, if it is longer. */
    private byte @Nullable [] line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = source.read(); next != '\n'; next = source.read()) {
            if (next < 0) {
                return line.size() == 0 ? null : line.toByteArray();
            }
            if (line.size() <= mostBytes) {
                line.write(next);
            }
        }
        return line.toByteArray();
    }

    /** The lines that are messages. */
    private final class Checked extends InputStream {

        private ByteArrayInputStream message = new ByteArrayInputStream(new byte[0]);

        @Override
        public int read() throws IOException {
            return fill() ? message.read() : -1;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return fill() ? message.read(bytes, offset, length) : -1;
        }

        @Override
        public void close() {
            end();
        }

        private boolean fill() throws IOException {
            while (message.available() == 0) {
                byte[] line = line();
                if (line == null) {
                    awaitAnswers();
                    end();
                    return false;
                }
                RpcMessage read = RpcMessage.read(line, mostBytes);
                if (read.problem() != null) {
                    refuse(read.code(), read.problem());
                } else if (!read.isBlank()) {
                    if (read.isRequest()) {
                        asked();
                    }
                    message = new ByteArrayInputStream(
                            (new String(line, StandardCharsets.UTF_8) + "\n").getBytes(StandardCharsets.UTF_8));
                }
            }
            return true;
        }
    }

    /** Passes on whole lines. */
    private final class Lines extends OutputStream {

        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        @Override
        public synchronized void write(int b) throws IOException {
            if (b == '\n') {
                RpcStreams.this.write(line.toByteArray());
                line.reset();
            } else {
                line.write(b);
            }
        }
    }
}
