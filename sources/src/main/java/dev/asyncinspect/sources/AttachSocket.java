package dev.asyncinspect.sources;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The attach socket of a HotSpot JVM on Linux, spoken to directly, once the JDK's own client has had it opened and has checked whose it
 * is. That client reads it 128 bytes at a time, and makes a JDK 25 write a dump line by line while all its threads stand still; see
 * {@code docs/decisions/0029-dumps-in-one-piece.md}. What goes wrong here is left to the JDK's client, which has the words for it.
 */
final class AttachSocket {

    /*
     * The protocol is that of the JVM's attachListener: version 1 is "1", the operation and three arguments, a zero byte after each.
     * Version 2 (JDK 24 and later) is "2", the size of the rest in decimal digits, the operation with its options, and its arguments.
     * The answer is a decimal status, a line feed, and what the operation prints.
     */

    /** A JVM keeps an answer in its memory, about 1 KB a thread, to write it in one piece: not that of more threads than these. */
    static final int MOST_THREADS = 20_000;

    private static final String OPTIONS_OF_VERSION_2 = "2 streaming";

    private static final int BYTES_OF_A_THREAD = 1_100; // of a dump; more in deep stacks
    private static final int PIECE = 1 << 16;
    private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

    private final Path socket;
    private final boolean inOnePiece;
    private final int largeAnswer;

    private AttachSocket(Path socket, boolean inOnePiece, int largeAnswer) {
        this.socket = socket;
        this.inOnePiece = inOnePiece;
        this.largeAnswer = largeAnswer;
    }

    /** That of a process which the JDK's client has attached to; null where it is not found. */
    static @Nullable AttachSocket of(long pid) {
        Path socket = ProcFs.root(pid).resolve("tmp").resolve(".java_pid" + AgentSocket.ownPid(pid));
        return Files.exists(socket) ? at(socket, threads(pid)) : null;
    }

    /** The socket of this file; {@code threads} says how many the JVM has, the largest number if nobody knows. */
    static AttachSocket at(Path socket, int threads) {
        boolean few = threads <= MOST_THREADS;
        AttachSocket plain = new AttachSocket(socket, false, PIECE);
        AnswerText version = few ? plain.answer(versionOne("getversion", "options")) : null;
        boolean inOnePiece = version != null && version.toString().trim().equals(OPTIONS_OF_VERSION_2);
        return new AttachSocket(socket, inOnePiece, few ? threads * BYTES_OF_A_THREAD : PIECE);
    }

    /** What the JVM answers to a {@code jcmd} command; null if it refuses, or not all of its answer came. */
    @Nullable
    AnswerText jcmd(String command) {
        return answer(inOnePiece ? versionTwo("jcmd streaming=0", command) : versionOne("jcmd", command));
    }

    private static String versionOne(String operation, String argument) {
        return "1\0" + operation + "\0" + argument + "\0\0\0";
    }

    private static String versionTwo(String operation, String argument) {
        String rest = operation + "\0" + argument + "\0";
        return "2\0" + rest.getBytes(StandardCharsets.UTF_8).length + "\0" + rest;
    }

    private @Nullable AnswerText answer(String request) {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            ByteBuffer bytes = ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            ByteBuffer status = ByteBuffer.allocate(2);
            while (status.hasRemaining()) {
                if (channel.read(status) < 0) {
                    return null;
                }
            }
            return status.get(0) == '0' && status.get(1) == '\n' ? rest(channel) : null;
        } catch (IOException e) {
            return null;
        }
    }

    /** What comes until the JVM closes the connection. */
    private AnswerText rest(SocketChannel channel) throws IOException {
        byte[] bytes = new byte[PIECE];
        int length = 0;
        while (true) {
            int room = Math.min(PIECE, bytes.length - length); // the JDK keeps a buffer as large as the largest read
            int read = channel.read(ByteBuffer.wrap(bytes, length, room));
            if (read < 0) {
                return new AnswerText(bytes, length);
            }
            length += read;
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(LARGEST_ARRAY, Math.max(2L * length, largeAnswer)));
            }
        }
    }

    private static int threads(long pid) {
        String threads = ProcFs.status(pid, "Threads");
        try {
            return threads == null ? Integer.MAX_VALUE : Integer.parseInt(threads);
        } catch (NumberFormatException e) {
            return Integer.MAX_VALUE; // not what Linux prints
        }
    }
}
