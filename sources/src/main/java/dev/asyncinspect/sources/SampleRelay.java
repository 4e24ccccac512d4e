package dev.asyncinspect.sources;

import dev.asyncinspect.core.rows.Row;
import dev.asyncinspect.core.rows.RowHandler;
import dev.asyncinspect.core.wire.Hello;
import dev.asyncinspect.core.wire.MessageHandler;
import dev.asyncinspect.core.wire.RecordingMessage;
import dev.asyncinspect.core.wire.SampleRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hands the rows of one sample on, and knows when it is over. */
final class SampleRelay implements MessageHandler {

    private final @Nullable RowHandler rows;
    private final List<String> problems;
    private long count;
    private Row.@Nullable End end;

    /**
     * A relay for one sample.
     *
     * @param rows takes the rows, null if nobody wants them any more
     * @param problems takes what the agent says that is no row
     */
    SampleRelay(@Nullable RowHandler rows, List<String> problems) {
        this.rows = rows;
        this.problems = problems;
    }

    /** The last row, null before it came. */
    Row.@Nullable End end() {
        return end;
    }

    /** How many rows came. */
    long count() {
        return count;
    }

    @Override
    public void row(Row row) {
        count++;
        if (row instanceof Row.End last) {
            end = last;
        }
        if (rows != null) {
            row.handTo(rows);
        }
    }

    @Override
    public void problem(String line) {
        problems.add(line);
    }

    @Override
    public void hello(Hello hello) {
        // said once already
    }

    @Override
    public void sample(SampleRequest request) {
        // orders go the other way
    }

    @Override
    public void detach() {
        // orders go the other way
    }

    @Override
    public void recording(RecordingMessage message) {
        // nothing about recording is asked for in a sample
    }
}
