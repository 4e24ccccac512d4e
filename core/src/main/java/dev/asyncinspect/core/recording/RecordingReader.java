package dev.asyncinspect.core.recording;

import dev.asyncinspect.core.event.EventDecoder;
import dev.asyncinspect.core.event.EventHandler;
import dev.asyncinspect.core.event.EventLayout;
import dev.asyncinspect.core.event.Symbols;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** Reads a recording, its older files first. What a killed program left unfinished at the end is passed over and told. */
public final class RecordingReader implements Symbols {

    private final List<Path> files;
    private final Map<Integer, String> texts = new HashMap<>();
    private long unknownEvents;
    private long tornBytes;
    /** The file that was read last. */
    private @Nullable Object newest;
    /** How far. */
    private long newestBytes;

    private RecordingReader(List<Path> files) {
        this.files = files;
    }

    /** The recording in this file, and in those that were filled before it. */
    public static RecordingReader open(Path path) throws IOException {
        return new RecordingReader(files(path));
    }

    private static List<Path> files(Path path) throws IOException {
        List<Path> files = new ArrayList<>();
        files.add(path);
        long id = id(path);
        for (int i = 1; Files.exists(numbered(path, i)) && id(numbered(path, i)) == id; i++) {
            files.add(0, numbered(path, i));
        }
        return List.copyOf(files);
    }

    /** Which recording a file belongs to; 0 if it does not say. */
    private static long id(Path file) throws IOException {
        try (DataInputStream in = stream(file)) {
            checkHeader(file, in);
            ByteBuffer block = ByteBuffer.wrap(in.readNBytes(RecordingLayout.BLOCK_HEADER_BYTES + Long.BYTES));
            boolean whole = block.remaining() == RecordingLayout.BLOCK_HEADER_BYTES + Long.BYTES;
            return whole && block.getInt() == Long.BYTES && block.getInt() == RecordingLayout.RECORDING
                    ? block.getLong(RecordingLayout.BLOCK_HEADER_BYTES)
                    : 0;
        }
    }

    private static Path numbered(Path path, int number) {
        return path.resolveSibling(path.getFileName() + "." + number);
    }

    /** True if the file begins as a recording does. */
    public static boolean isRecording(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] begin = in.readNBytes(Long.BYTES);
            return begin.length == Long.BYTES && ByteBuffer.wrap(begin).getLong() == RecordingLayout.MAGIC;
        }
    }

    private static DataInputStream stream(Path file) throws IOException {
        return new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16));
    }

    private static void checkHeader(Path file, DataInputStream in) throws IOException {
        byte[] header = in.readNBytes(RecordingLayout.HEADER_BYTES);
        ByteBuffer read = ByteBuffer.wrap(header);
        if (header.length < RecordingLayout.HEADER_BYTES || read.getLong() != RecordingLayout.MAGIC) {
            throw new RecordingException(file + " is no recording of async-inspect");
        }
        int version = read.getInt();
        int layout = read.getInt();
        if (version > RecordingLayout.VERSION || layout > EventLayout.VERSION) {
            throw new RecordingException(
                    "%s is a recording of version %d.%d; this release reads up to %d.%d: take a newer one"
                            .formatted(file, version, layout, RecordingLayout.VERSION, EventLayout.VERSION));
        }
    }

    /** Hands over all events, oldest file first. Symbols are known from the first event on that has them. */
    public void forEach(EventHandler to) throws IOException {
        unknownEvents = 0;
        tornBytes = 0;
        read(files, 0, true, to);
    }

    /**
     * Hands over what was written since the last reading, also if another file was begun meanwhile; what it has not written to its end yet
     * comes the next time.
     */
    public void forEachNew(EventHandler to) throws IOException {
        List<Path> now = files(files.get(files.size() - 1));
        int known = now.size() - 1;
        while (known >= 0 && !key(now.get(known)).equals(newest)) {
            known--;
        }
        if (known < 0) {
            read(now, 0, false, to); // the file that was read last is gone: all that is there came later
        } else {
            read(now.subList(known, now.size()), newestBytes, false, to);
        }
    }

    /** All are opened before the first is read: whoever writes may give them other names meanwhile. */
    private void read(List<Path> some, long offsetInFirst, boolean withCheckpoint, EventHandler to) throws IOException {
        List<FileChannel> open = new ArrayList<>();
        List<Object> keys = new ArrayList<>();
        try {
            for (Path file : some) {
                keys.add(key(file));
                open.add(FileChannel.open(file));
            }
            for (int i = 0; i < open.size(); i++) {
                boolean first = i == 0;
                newestBytes = read(some.get(i), open.get(i), first ? offsetInFirst : 0, first && withCheckpoint, to);
                newest = keys.get(i);
            }
        } finally {
            for (FileChannel file : open) {
                file.close();
            }
        }
    }

    /** The offset behind the last block that is whole. */
    private long read(Path file, FileChannel bytes, long offset, boolean withCheckpoint, EventHandler to)
            throws IOException {
        bytes.position(offset);
        DataInputStream in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(bytes), 1 << 16));
        long at = offset;
        if (at == 0) {
            checkHeader(file, in);
            at = RecordingLayout.HEADER_BYTES;
        }
        long size = bytes.size();
        while (at < size) {
            long read = block(in, size - at, withCheckpoint, to);
            if (read == 0) {
                tornBytes += size - at;
                break;
            }
            at += read;
        }
        return at;
    }

    /** What a file is, whatever it is called. */
    private static Object key(Path file) throws IOException {
        Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        return key == null ? file : key;
    }

    /** The bytes of this block; 0 if it is torn. */
    private long block(DataInputStream in, long left, boolean withCheckpoint, EventHandler to) throws IOException {
        if (left < RecordingLayout.BLOCK_HEADER_BYTES) {
            return 0;
        }
        int length = in.readInt();
        int type = in.readInt();
        int crc = in.readInt();
        if (length < 0
                || length > RecordingLayout.MAX_BODY_BYTES
                || length > left - RecordingLayout.BLOCK_HEADER_BYTES) {
            return 0;
        }
        byte[] body = new byte[length];
        try {
            in.readFully(body);
        } catch (EOFException e) {
            return 0; // it became shorter while it was read
        }
        CRC32 actual = new CRC32();
        actual.update(body);
        if ((int) actual.getValue() != crc) {
            return 0;
        }
        if (type == RecordingLayout.SYMBOLS) {
            symbols(ByteBuffer.wrap(body));
        } else if (type == RecordingLayout.EVENTS || (type == RecordingLayout.CHECKPOINT && withCheckpoint)) {
            events(ByteBuffer.wrap(body), to);
        }
        return (long) RecordingLayout.BLOCK_HEADER_BYTES + length;
    }

    private void symbols(ByteBuffer body) throws RecordingException {
        while (body.remaining() >= 8) {
            int symbol = body.getInt();
            int length = body.getInt();
            if (length < 0 || length > Math.min(body.remaining(), RecordingLayout.MAX_TEXT_BYTES)) {
                throw new RecordingException("a text of " + length + " bytes does not fit in its block");
            }
            byte[] utf8 = new byte[length];
            body.get(utf8);
            if (texts.size() < RecordingLayout.MAX_SYMBOLS) {
                texts.put(symbol, new String(utf8, StandardCharsets.UTF_8));
            }
        }
    }

    private void events(ByteBuffer body, EventHandler to) {
        while (body.remaining() >= EventLayout.WORDS * Long.BYTES) {
            if (!EventDecoder.decode(body.getLong(), body.getLong(), body.getLong(), body.getLong(), to)) {
                unknownEvents++;
            }
        }
    }

    @Override
    public @Nullable String text(int symbol) {
        return symbol == OVERFLOW ? OVERFLOW_TEXT : texts.get(symbol);
    }

    /** How many events of the last reading are of a kind that only a newer release knows. */
    public long unknownEvents() {
        return unknownEvents;
    }

    /** How many bytes at the end of files were written in part only, because the program was killed; as of the last reading. */
    public long tornBytes() {
        return tornBytes;
    }

    /** The files of this recording, oldest first. */
    public List<Path> files() {
        return files;
    }
}
