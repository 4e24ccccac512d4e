package dev.asyncinspect.core.wire;

import dev.asyncinspect.core.rows.Row;

/** One method for each kind of message. None has a default: who takes only orders, or only rows, says what else means. */
public interface MessageHandler {

    /** Only ever the first message of an agent. */
    void hello(Hello hello);

    /** Something that the agent could not do, one line. */
    void problem(String line);

    void row(Row row);

    void sample(SampleRequest request);

    void detach();

    /** Anything about recording. */
    void recording(RecordingMessage message);
}
