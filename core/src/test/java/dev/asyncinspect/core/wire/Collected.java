package dev.asyncinspect.core.wire;

import dev.asyncinspect.core.rows.Row;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Everything that a reader handed over. */
final class Collected implements MessageHandler {

    final List<Object> messages = new ArrayList<>();

    /** All messages in these bytes. */
    static List<Object> from(byte[] bytes) throws IOException {
        Collected collected = new Collected();
        WireReader reader = WireReader.ofAgent(new ByteArrayInputStream(bytes));
        while (reader.read(collected)) {
            // until the end of the bytes
        }
        return collected.messages;
    }

    @Override
    public void hello(Hello hello) {
        messages.add(hello);
    }

    @Override
    public void problem(String line) {
        messages.add(line);
    }

    @Override
    public void row(Row row) {
        messages.add(row);
    }

    @Override
    public void sample(SampleRequest request) {
        messages.add(request);
    }

    @Override
    public void detach() {
        messages.add("detach");
    }

    @Override
    public void recording(RecordingMessage message) {
        messages.add(message);
    }
}
