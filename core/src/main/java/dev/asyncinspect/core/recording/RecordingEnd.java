package dev.asyncinspect.core.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** How a file of a recording ends. */
public final class RecordingEnd {

    /*
     * From block to block by the lengths in their headers, without the bodies: a file of 64 MB is looked through in the time of a
     * few thousand small reads. That every sum is right is not asked; a block that is written in part is too short.
     */

    private RecordingEnd() {}

    /**
     * Whether the file ends behind a whole block, as one does whose writer was not stopped in the middle.
     *
     * @throws IOException if there is no such file, or it cannot be read
     */
    public static boolean isWhole(Path path) throws IOException {
        try (FileChannel file = FileChannel.open(path)) {
            long size = file.size();
            long at = RecordingLayout.HEADER_BYTES;
            ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);
            while (at + RecordingLayout.BLOCK_HEADER_BYTES <= size) {
                length.clear();
                if (file.read(length, at) < Integer.BYTES) {
                    return false; // it became shorter meanwhile
                }
                int body = length.getInt(0);
                if (body < 0 || body > RecordingLayout.MAX_BODY_BYTES) {
                    return false;
                }
                at += RecordingLayout.BLOCK_HEADER_BYTES + body;
            }
            return at == size && size > RecordingLayout.HEADER_BYTES;
        }
    }
}
