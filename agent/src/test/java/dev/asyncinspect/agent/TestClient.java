package dev.asyncinspect.agent;

import dev.asyncinspect.core.rows.Row;
import dev.asyncinspect.core.wire.Hello;
import dev.asyncinspect.core.wire.LinkChannel;
import dev.asyncinspect.core.wire.MessageHandler;
import dev.asyncinspect.core.wire.RecordingMessage;
import dev.asyncinspect.core.wire.SampleRequest;
import dev.asyncinspect.core.wire.WireReader;
import dev.asyncinspect.core.wire.WireWriter;
import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A client that keeps whatever it is told. */
final class TestClient implements Closeable, MessageHandler {

    private static final long TIMEOUT = Duration.ofSeconds(20).toNanos();

    final LinkChannel channel;
    final WireReader reader;
    final WireWriter writer;
    final List<Row> rows = new ArrayList<>();
    final List<RecordingMessage> recording = new ArrayList<>();
    final List<String> problems = new ArrayList<>();

    private TestClient(LinkChannel channel) {
        this.channel = channel;
        this.reader = WireReader.ofAgent(channel.input());
        this.writer = new WireWriter(channel.output());
    }

    /** Connects, again and again until somebody listens. */
    static TestClient connect(Path path) throws IOException {
        long deadline = System.nanoTime() + TIMEOUT;
        while (true) {
            SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                socket.connect(UnixDomainSocketAddress.of(path));
                return new TestClient(new LinkChannel(socket, TIMEOUT));
            } catch (IOException e) {
                socket.close();
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                Thread.onSpinWait();
            }
        }
    }

    Hello hello() throws IOException {
        Hello hello = reader.readHello();
        if (hello == null) {
            throw new IOException("hung up without a hello");
        }
        return hello;
    }

    void order(SampleRequest request) throws IOException {
        writer.sample(request);
        writer.flush();
    }

    /** Orders a sample and reads up to its end. */
    Row.End takeSample(SampleRequest request) throws IOException {
        rows.clear();
        order(request);
        while (reader.read(this)) {
            if (!rows.isEmpty() && rows.get(rows.size() - 1) instanceof Row.End end) {
                return end;
            }
        }
        throw new IOException("the agent closed the connection");
    }

    /** Gives an order about recording and reads up to the message that ends its answer. */
    <T extends RecordingMessage> T ask(RecordingMessage order, Class<T> last) throws IOException {
        recording.clear();
        writer.recording(order);
        writer.flush();
        while (reader.read(this)) {
            RecordingMessage message = recording.isEmpty() ? null : recording.get(recording.size() - 1);
            if (last.isInstance(message)) {
                return last.cast(message);
            }
        }
        throw new IOException("the agent closed the connection");
    }

    /** Says detach and reads until the agent hangs up. */
    void sendDetach() throws IOException {
        writer.detach();
        writer.flush();
        readToTheEnd();
    }

    void readToTheEnd() throws IOException {
        while (reader.read(this)) {
            // rows that were under way
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    @Override
    public void hello(Hello hello) {
        throw new AssertionError("a second hello");
    }

    @Override
    public void problem(String line) {
        problems.add(line);
    }

    @Override
    public void row(Row row) {
        rows.add(row);
    }

    @Override
    public void sample(SampleRequest request) {
        throw new AssertionError("an order from the agent");
    }

    @Override
    public void detach() {
        throw new AssertionError("detach from the agent");
    }

    @Override
    public void recording(RecordingMessage message) {
        recording.add(message);
    }
}
