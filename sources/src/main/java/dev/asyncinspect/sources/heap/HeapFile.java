package dev.asyncinspect.sources.heap;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The bytes of a heap dump of any size, mapped piece by piece: they need no room in our own heap. */
final class HeapFile {

    private static final int PIECE_BITS = 30;
    private static final long PIECE = 1L << PIECE_BITS;
    private static final int OVERLAP = 8; // a number may begin in one piece and end in the next

    private final ByteBuffer[] pieces;
    private final long length;
    private int idSize = 8;

    private HeapFile(ByteBuffer[] pieces, long length) {
        this.pieces = pieces;
        this.length = length;
    }

    /** @throws IOException if it cannot be read */
    static HeapFile open(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            long length = channel.size();
            ByteBuffer[] pieces = new ByteBuffer[Math.toIntExact((length + PIECE - 1) / PIECE)];
            for (int i = 0; i < pieces.length; i++) {
                long start = i * PIECE;
                pieces[i] =
                        channel.map(FileChannel.MapMode.READ_ONLY, start, Math.min(PIECE + OVERLAP, length - start));
            }
            return new HeapFile(pieces, length);
        }
    }

    long length() {
        return length;
    }

    /** Bytes of an object's id: 4 or 8. */
    int idSize() {
        return idSize;
    }

    void idSize(int bytes) {
        idSize = bytes;
    }

    int u1(long at) {
        return pieces[(int) (at >>> PIECE_BITS)].get((int) (at & (PIECE - 1))) & 0xff;
    }

    int u2(long at) {
        return pieces[(int) (at >>> PIECE_BITS)].getShort((int) (at & (PIECE - 1))) & 0xffff;
    }

    int i4(long at) {
        return pieces[(int) (at >>> PIECE_BITS)].getInt((int) (at & (PIECE - 1)));
    }

    long u4(long at) {
        return i4(at) & 0xffff_ffffL;
    }

    long i8(long at) {
        return pieces[(int) (at >>> PIECE_BITS)].getLong((int) (at & (PIECE - 1)));
    }

    long id(long at) {
        return idSize == 8 ? i8(at) : u4(at);
    }

    byte[] bytes(long at, int count) {
        byte[] copy = new byte[count];
        for (int i = 0; i < count; i++) {
            copy[i] = (byte) u1(at + i);
        }
        return copy;
    }
}
