package dev.asyncinspect.core.wire;

import dev.asyncinspect.core.rows.Row;
import java.io.IOException;
import java.io.OutputStream;

/** Writes messages to one connection; buffers up to 32 KiB, so {@link #flush} ends each exchange. For one thread. */
public final class WireWriter {

    private static final int FLUSH_ABOVE_BYTES = 32 * 1024;

    private final OutputStream out;
    private final WireBuffer pending = new WireBuffer();
    private final WireBuffer body = new WireBuffer();
    private final RowEncoder rows = new RowEncoder(pending);
    private final RecordingEncoder recording = new RecordingEncoder(pending);

    public WireWriter(OutputStream out) {
        this.out = out;
    }

    public void hello(Hello hello) throws IOException {
        hello.writeTo(body);
        frame(WireLayout.HELLO);
    }

    public void problem(String line) throws IOException {
        body.text(line, WireLayout.MAX_TEXT_CHARS);
        frame(WireLayout.PROBLEM);
    }

    public void row(Row row) throws IOException {
        rows.encode(row);
        flushIfLarge();
    }

    public void sample(SampleRequest request) throws IOException {
        request.writeTo(body);
        frame(WireLayout.SAMPLE);
    }

    public void recording(RecordingMessage message) throws IOException {
        recording.encode(message);
        flushIfLarge();
    }

    public void detach() throws IOException {
        frame(WireLayout.DETACH);
    }

    /** Sends what is buffered. */
    public void flush() throws IOException {
        pending.writeTo(out);
        pending.clear();
        out.flush();
    }

    private void frame(int type) throws IOException {
        Frames.append(type, body, pending);
        flushIfLarge();
    }

    private void flushIfLarge() throws IOException {
        if (pending.length() > FLUSH_ABOVE_BYTES) {
            flush();
        }
    }
}
