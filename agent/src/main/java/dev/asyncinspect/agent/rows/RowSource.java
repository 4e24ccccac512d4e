package dev.asyncinspect.agent.rows;

import dev.asyncinspect.core.wire.SampleRequest;

/** Reads the observed JVM. Called on the agent's own thread only, never on one of the program. */
public interface RowSource {

    /**
     * Offers all rows of one sample but the first and the last: {@code Begin} and {@code End} are written by the caller,
     * which counts threads and dropped rows.
     */
    void sample(SampleRequest request, RowSink sink);
}
