package dev.asyncinspect.core.wire;

import dev.asyncinspect.core.rows.Row;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads messages from one connection. Whatever arrives, it ends in a message, in the end of the stream or in a
 * {@link WireException}, and takes no more memory than the limits of the layout allow. For one thread.
 */
public final class WireReader {

    private final InputStream in;
    private final int maxFrameBytes;
    private final SymbolReader symbols;
    private final RowDecoder rows;
    private byte[] frame = new byte[256];
    private long skipped;

    private WireReader(InputStream in, int maxFrameBytes, int maxSymbols) {
        this.in = new BufferedInputStream(in);
        this.maxFrameBytes = maxFrameBytes;
        this.symbols = new SymbolReader(maxSymbols);
        this.rows = new RowDecoder(symbols);
    }

    /** For a client: takes whatever an agent may send. */
    public static WireReader ofAgent(InputStream in) {
        return new WireReader(in, WireLayout.MAX_FRAME_BYTES, WireLayout.MAX_SYMBOLS);
    }

    /** For an agent: takes orders, which are small and need no symbols. */
    public static WireReader ofClient(InputStream in) {
        return new WireReader(in, WireLayout.MAX_ORDER_FRAME_BYTES, 0);
    }

    /**
     * The hello, which must be the very first message.
     *
     * @return null if the other side hung up instead: an agent that was just leaving
     * @throws WireException if something else comes, or a hello of another wire version
     */
    public @Nullable Hello readHello() throws IOException {
        int length = nextFrame();
        if (length < 0) {
            return null;
        }
        if (frame[0] != WireLayout.HELLO) {
            throw new WireException("the other side is no async-inspect agent");
        }
        return Hello.readFrom(new WireSlice(frame, 1, length));
    }

    /**
     * Hands over the next message that is known, passing over the others.
     *
     * @return false at the end of the stream, when nothing was handed over
     */
    public boolean read(MessageHandler handler) throws IOException {
        while (true) {
            int length = nextFrame();
            if (length < 0) {
                return false;
            }
            if (hand(frame[0] & 0xFF, new WireSlice(frame, 1, length), handler)) {
                return true;
            }
        }
    }

    /** How many messages were passed over because this version does not know them. */
    public long skippedMessages() {
        return skipped;
    }

    private boolean hand(int type, WireSlice body, MessageHandler handler) throws WireException {
        switch (type) {
            case WireLayout.SYMBOL -> {
                symbols.define(body);
                return false;
            }
            case WireLayout.FORGET -> {
                symbols.forget();
                return false;
            }
            case WireLayout.HELLO -> handler.hello(Hello.readFrom(body));
            case WireLayout.PROBLEM -> handler.problem(body.text(WireLayout.MAX_TEXT_CHARS));
            case WireLayout.SAMPLE -> handler.sample(SampleRequest.readFrom(body));
            case WireLayout.DETACH -> handler.detach();
            default -> {
                RecordingMessage recording = RecordingDecoder.decode(type, body);
                if (recording != null) {
                    handler.recording(recording);
                    return true;
                }
                Row row = rows.decode(type, body);
                if (row == null) {
                    skipped++;
                    return false;
                }
                handler.row(row);
            }
        }
        return true;
    }

    /** Reads a whole frame; its length, -1 at the end of the stream. */
    private int nextFrame() throws IOException {
        int length = nextLength();
        if (length < 0) {
            return -1;
        }
        if (frame.length < length) {
            frame = new byte[length];
        }
        int read = in.readNBytes(frame, 0, length);
        if (read < length) {
            throw new WireException("the connection ended inside a frame, after " + read + " of " + length + " octets");
        }
        return length;
    }

    private int nextLength() throws IOException {
        int length = 0;
        for (int shift = 0; shift <= 28; shift += 7) {
            int octet = in.read();
            if (octet < 0 && shift == 0) {
                return -1;
            }
            if (octet < 0) {
                throw new WireException("the connection ended inside the length of a frame");
            }
            length |= (octet & 0x7F) << shift;
            if (octet < 0x80) {
                return checked(length);
            }
        }
        throw new WireException("a frame has no valid length");
    }

    private int checked(int length) throws WireException {
        if (length < 1 || length > maxFrameBytes) {
            throw new WireException(
                    "a frame of " + Integer.toUnsignedString(length) + " octets, limit " + maxFrameBytes);
        }
        return length;
    }
}
