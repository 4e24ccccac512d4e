package dev.asyncinspect.cli.rpc;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The streams of a JSON-RPC conversation as a server should see them: only whole messages of the right form get through. To
 * any other line the sender is told what is wrong with it.
 */
final class RpcStreams {

    /*
     * Messages go out as whole lines, since the errors told here and the answers of the server come from different threads.
     * Counting requests and answers tells whether all are answered when the input has ended.
     */

    private final InputStream source;
    private final OutputStream sink;
    private final int mostBytes;
    private long requests;
    private long answers;

    /**
     * A conversation.
     *
     * @param source where messages come from, one a line
     * @param sink where they go, one a line
     * @param mostBytes longer lines are refused
     */
    RpcStreams(InputStream source, OutputStream sink, int mostBytes) {
        this.source = source;
        this.sink = sink;
        this.mostBytes = mostBytes;
    }

    /** The next message; null once the input has ended. For one thread. */
    @Nullable
    String next() throws IOException {
        for (byte[] line = line(); line != null; line = line()) {
            RpcMessage read = RpcMessage.read(line, mostBytes);
            if (read.problem() != null) {
                refuse(read.code(), read.problem());
            } else if (!read.isBlank()) {
                return new String(line, StandardCharsets.UTF_8).strip();
            }
        }
        return null;
    }

    /** Counts a message as one that wants an answer. */
    synchronized void asked() {
        requests++;
    }

    /** Sends a message that nobody asked for. */
    void send(String message) throws IOException {
        synchronized (sink) { // not this: whoever does not take what we send must not keep us from reading
            sink.write(message.getBytes(StandardCharsets.UTF_8));
            sink.write('\n');
            sink.flush();
        }
    }

    /** Sends what answers a request. It counts as answered even if that cannot be written: it will not be tried again. */
    void answer(String message) throws IOException {
        try {
            send(message);
        } finally {
            answered();
        }
    }

    /** Tells the sender, in answer to no request of its own, what is wrong with a message. */
    void refuse(int code, String message) throws IOException {
        send(RpcMessage.error(code, message));
    }

    /** Waits until all that was asked is answered, so long at most. */
    synchronized void awaitAnswers(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        long left = patience.toMillis();
        while (answers < requests && left > 0) {
            wait(left);
            left = (deadline - System.nanoTime()) / 1_000_000;
        }
    }

    private synchronized void answered() {
        answers++;
        notifyAll();
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
}
