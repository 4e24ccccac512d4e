package dev.asyncinspect.agent;

import dev.asyncinspect.agent.rows.RowSink;
import dev.asyncinspect.core.rows.Row;
import dev.asyncinspect.core.wire.WireWriter;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Sends the rows of one sample up to its cap; counts threads and what was dropped. */
final class SampleSink implements RowSink {

    private final WireWriter writer;
    private final int maxRows;
    private int sent;
    private int threads;
    private long dropped;
    private @Nullable IOException loss;

    SampleSink(WireWriter writer, int maxRows) {
        this.writer = writer;
        this.maxRows = maxRows;
    }

    @Override
    public boolean accept(Row row) {
        if (row instanceof Row.ThreadSeen) {
            threads++;
        }
        if (loss != null || sent >= maxRows) {
            dropped++;
            return false;
        }
        try {
            writer.row(row);
            sent++;
            return true;
        } catch (IOException e) {
            loss = e;
            dropped++;
            return false;
        }
    }

    /** How many threads were met, told or not. */
    int threads() {
        return threads;
    }

    long dropped() {
        return dropped;
    }

    /** To be called once the source is done. */
    void throwIfClientIsLost() throws IOException {
        if (loss != null) {
            throw new IOException("client lost in a sample after " + sent + " rows, " + dropped + " dropped", loss);
        }
    }
}
