package dev.asyncinspect.agent;

import dev.asyncinspect.agent.recording.Recording;
import dev.asyncinspect.agent.rows.RowSource;
import dev.asyncinspect.core.rows.Row;
import dev.asyncinspect.core.wire.Hello;
import dev.asyncinspect.core.wire.LinkChannel;
import dev.asyncinspect.core.wire.MessageHandler;
import dev.asyncinspect.core.wire.RecordingMessage;
import dev.asyncinspect.core.wire.SampleRequest;
import dev.asyncinspect.core.wire.WireReader;
import dev.asyncinspect.core.wire.WireWriter;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The talk with one client: hello, then a sample for each order, until it leaves or says detach. */
final class ClientSession implements MessageHandler {

    private static final List<String> CAPABILITIES = List.of(
            "sample",
            "stacks",
            "record",
            Hello.RECORD_SITES,
            Hello.RECORD_LOCKS,
            Hello.RECORD_CONTEXT,
            Hello.RECORD_SETTINGS);

    private final LinkChannel channel;
    private final RowSource rows;
    private final RecordingSession recording;
    private final Problems problems;
    private final Endpoint.Patience patience;
    private final BudgetedOutput out;
    private final WireWriter writer;
    private int samples;
    private @Nullable SampleRequest ordered;
    private boolean detach;

    ClientSession(
            LinkChannel channel,
            RowSource rows,
            AgentOptions options,
            Recording recording,
            Problems problems,
            Endpoint.Patience patience) {
        this.channel = channel;
        this.rows = rows;
        this.problems = problems;
        this.patience = patience;
        this.out = new BudgetedOutput(channel, patience.writeBudgetNanos());
        this.writer = new WireWriter(out);
        this.recording = new RecordingSession(options, recording, writer, problems);
    }

    /**
     * Talks until the end.
     *
     * @return whether the client said detach
     * @throws IOException if the client is gone, too slow, or says what nobody understands
     */
    boolean serve() throws IOException {
        writer.hello(Hello.ofThisRelease(
                ProcessHandle.current().pid(), System.getProperty("java.vm.version", "unknown"), CAPABILITIES));
        tellProblems();
        writer.flush();
        WireReader orders = WireReader.ofClient(channel.input());
        channel.expireIn(patience.silenceNanos());
        while (!detach && orders.read(this)) {
            if (ordered != null) {
                out.renew();
                take(ordered);
                ordered = null;
            }
            if (recording.isOrdered()) {
                out.renew();
                recording.answer();
                tellProblems();
                writer.flush();
            }
            channel.expireIn(patience.silenceNanos());
        }
        return detach;
    }

    private void take(SampleRequest request) throws IOException {
        samples++;
        long start = System.nanoTime();
        SampleSink sink = new SampleSink(writer, request.maxRows());
        writer.row(new Row.Begin(samples, System.currentTimeMillis()));
        String breakOff = null;
        try {
            rows.sample(request, sink);
        } catch (Throwable e) {
            // Whatever a reader meets in a strange program: this sample says so, the next one is tried all the same.
            breakOff = Problems.line(e);
        }
        sink.throwIfClientIsLost();
        if (breakOff != null) {
            writer.row(new Row.NotSeen("the rest of this sample", breakOff));
        }
        tellProblems();
        writer.row(new Row.End(samples, sink.threads(), System.nanoTime() - start, sink.dropped()));
        writer.flush();
    }

    private void tellProblems() throws IOException {
        for (String line : problems.take()) {
            writer.problem(line);
        }
    }

    @Override
    public void sample(SampleRequest request) {
        ordered = request;
    }

    @Override
    public void detach() {
        detach = true;
    }

    @Override
    public void hello(Hello hello) {
        // clients say no hello
    }

    @Override
    public void problem(String line) {
        // nothing that a client finds is ours to mend
    }

    @Override
    public void row(Row row) {
        // rows go the other way
    }

    @Override
    public void recording(RecordingMessage message) {
        recording.order(message);
    }
}
