package dev.asyncinspect.core.recording;

import dev.asyncinspect.core.event.EventEncoder;
import dev.asyncinspect.core.event.EventLayout;
import dev.asyncinspect.core.event.Symbols;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** Writes events to a file, and begins another one when it is full. Not for several threads. */
public final class RecordingWriter extends EventEncoder implements AutoCloseable {

    /* Every block is one write, so what a kill leaves is at most one torn block. What is in the page cache survives the process; a
     * power cut is not provided for. A file that cannot be written (disk full, folder gone) ends the recording and is told by problem():
     * the program goes on.
     *
     *   recording.air      newest
     *   recording.air.1    before it
     *   recording.air.2    oldest, deleted when the next file begins (filesKept = 3)
     */

    private final Path path;
    private final RecordingLimits limits;
    private final Symbols symbols;
    private final Consumer<? super EventEncoder> checkpoint;
    private final ByteBuffer events =
            ByteBuffer.allocate(RecordingLayout.EVENTS_PER_BLOCK * EventLayout.WORDS * Long.BYTES);
    private ByteBuffer texts = ByteBuffer.allocate(4096);
    private final BitSet told = new BitSet();
    /** What was at this path before is another recording, and is told from this one by it. */
    private final long id = ProcessHandle.current().pid() << Integer.SIZE ^ System.nanoTime();

    private int type = RecordingLayout.EVENTS;
    private @Nullable FileChannel file;
    private long bytes;
    /** Written by the writing thread, read by whoever asks. */
    private volatile @Nullable String problem;

    private RecordingWriter(
            Path path, RecordingLimits limits, Symbols symbols, Consumer<? super EventEncoder> checkpoint) {
        this.path = path;
        this.limits = limits;
        this.symbols = symbols;
        this.checkpoint = checkpoint;
    }

    /**
     * Begins a file, and writes what lives now into it.
     *
     * @param path the file; one that is there is moved aside as if it were full
     * @param limits how large, and how many
     * @param symbols the texts of the events
     * @param checkpoint tells what lives at the moment, at the beginning of each file
     */
    public static RecordingWriter create(
            Path path, RecordingLimits limits, Symbols symbols, Consumer<? super EventEncoder> checkpoint)
            throws IOException {
        RecordingWriter writer = new RecordingWriter(path, limits, symbols, checkpoint);
        writer.begin();
        return writer;
    }

    @Override
    public void slot(long head, long nanos, long taskId, long argument) {
        if (problem != null) {
            return;
        }
        try {
            write(head, nanos, taskId, argument);
        } catch (IOException | RuntimeException e) {
            fail(e);
        }
    }

    private void write(long head, long nanos, long taskId, long argument) throws IOException {
        tell(EventLayout.symbolOf(head));
        tell(EventLayout.secondSymbolOf(head, argument));
        events.putLong(head).putLong(nanos).putLong(taskId).putLong(argument);
        if (!events.hasRemaining() || EventLayout.isClock(head)) {
            flushBlocks();
            if (bytes >= limits.fileBytes() && type == RecordingLayout.EVENTS) {
                begin();
            }
        }
    }

    private void tell(int symbol) {
        if (symbol < 0 || symbol >= RecordingLayout.MAX_SYMBOLS || told.get(symbol)) {
            return;
        }
        String text = symbols.text(symbol);
        if (text == null) {
            return;
        }
        told.set(symbol);
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (texts.remaining() < utf8.length + 8) {
            texts.flip();
            texts = ByteBuffer.allocate(2 * (texts.limit() + utf8.length + 8)).put(texts);
        }
        texts.putInt(symbol).putInt(utf8.length).put(utf8);
    }

    /** Writes what is still in memory. */
    public void flush() {
        try {
            flushBlocks();
        } catch (IOException | RuntimeException e) {
            fail(e);
        }
    }

    private void flushBlocks() throws IOException {
        block(RecordingLayout.SYMBOLS, texts);
        block(type, events);
    }

    private void block(int blockType, ByteBuffer body) throws IOException {
        FileChannel out = file;
        if (out == null || body.position() == 0) {
            return;
        }
        body.flip();
        CRC32 crc = new CRC32();
        crc.update(body.duplicate());
        ByteBuffer block = ByteBuffer.allocate(RecordingLayout.BLOCK_HEADER_BYTES + body.limit());
        block.putInt(body.limit())
                .putInt(blockType)
                .putInt((int) crc.getValue())
                .put(body)
                .flip();
        bytes += block.limit();
        while (block.hasRemaining()) {
            out.write(block);
        }
        body.clear();
    }

    private void begin() throws IOException {
        closeFile();
        moveAside();
        file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        OwnerOnly.restrict(path);
        ByteBuffer header = ByteBuffer.allocate(RecordingLayout.HEADER_BYTES);
        header.putLong(RecordingLayout.MAGIC).putInt(RecordingLayout.VERSION).putInt(EventLayout.VERSION);
        header.flip();
        bytes = header.limit();
        while (header.hasRemaining()) {
            file.write(header);
        }
        told.clear();
        block(RecordingLayout.RECORDING, ByteBuffer.allocate(Long.BYTES).putLong(id));
        type = RecordingLayout.CHECKPOINT;
        checkpoint.accept(this);
        flushBlocks();
        type = RecordingLayout.EVENTS;
    }

    private void moveAside() throws IOException {
        for (int i = limits.filesKept() - 1; i >= 1; i--) {
            Path younger = i == 1 ? path : numbered(i - 1);
            if (Files.exists(younger)) {
                Files.move(younger, numbered(i), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.deleteIfExists(path);
    }

    private Path numbered(int number) {
        return path.resolveSibling(path.getFileName() + "." + number);
    }

    /** Why nothing is written any longer; null while all is well. */
    public @Nullable String problem() {
        return problem;
    }

    private void fail(Exception e) {
        problem = "cannot write to " + path + ": " + e.getMessage();
        events.clear();
        texts.clear();
        try {
            closeFile();
        } catch (IOException second) {
            e.addSuppressed(second);
        }
    }

    private void closeFile() throws IOException {
        FileChannel open = file;
        file = null;
        if (open != null) {
            open.close();
        }
    }

    /** Writes what is still in memory, and ends the file. */
    @Override
    public void close() {
        flush();
        try {
            closeFile();
        } catch (IOException e) {
            fail(e);
        }
    }
}
