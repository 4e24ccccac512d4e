package dev.asyncinspect.core.recording;

/**
 * The layout of a recording, version 1, all numbers big-endian.
 *
 * <pre>
 *  file   := magic:8 version:4 layout:4 block*       layout is the version of {@link dev.asyncinspect.core.event.EventLayout}
 *  block  := length:4 type:4 crc:4 body              length counts the body; crc is the CRC-32 of the body
 *
 *  type  name        body
 *  ----  ----------  ------------------------------------------------------------------------------
 *     1  SYMBOLS     n*(symbol:4 length:4 UTF-8)     texts that the blocks behind it need
 *     2  EVENTS      n*(word:8 word:8 word:8 word:8) events, in the order in which they were taken in
 *     3  CHECKPOINT  as EVENTS                       what lived when this file was begun
 *     4  RECORDING   id:8                            the first block: files with another id belong to another recording
 * </pre>
 *
 * <p>A file can be read alone, beginning with its checkpoint, or after the one before it, without its checkpoint. Blocks are written
 * whole, one after the other: a killed program leaves at most one torn block, at the end, and its length or its crc tells. Readers
 * pass over types that they do not know.
 */
final class RecordingLayout {

    static final int VERSION = 1;

    /** The letters {@code AIRECORD}. */
    static final long MAGIC = 0x41495245434F5244L;

    static final int HEADER_BYTES = 16;
    static final int BLOCK_HEADER_BYTES = 12;

    static final int SYMBOLS = 1;
    static final int EVENTS = 2;
    static final int CHECKPOINT = 3;
    static final int RECORDING = 4;

    static final int EVENTS_PER_BLOCK = 1024;

    /** Larger than any block that is written. */
    static final int MAX_BODY_BYTES = 1 << 22;

    static final int MAX_TEXT_BYTES = 1 << 14;

    static final int MAX_SYMBOLS = 1_000_000;

    private RecordingLayout() {}
}
