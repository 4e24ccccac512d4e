package dev.asyncinspect.agent.rows;

import dev.asyncinspect.core.rows.Row;

/** Takes the rows of one sample. */
public interface RowSink {

    /**
     * Takes a row, or counts it as dropped.
     *
     * @return false once the cap is reached or the client is gone; every later row is counted and dropped too, so a
     *     source may stop reading details, but goes on to offer a row for each thread that it meets
     */
    boolean accept(Row row);
}
