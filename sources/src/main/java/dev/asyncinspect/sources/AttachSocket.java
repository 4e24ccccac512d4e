package dev.asyncinspect.sources;

import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private final Path socket;
    private final boolean inOnePiece;

    private AttachSocket(Path socket, boolean inOnePiece) {
        this.socket = socket;
        this.inOnePiece = inOnePiece;
    }

    /** That of a process which the JDK's client has attached to; null where it is not found. */
    static @Nullable AttachSocket of(long pid) {
        Path socket = ProcFs.root(pid).resolve("tmp").resolve(".java_pid" + AgentSocket.ownPid(pid));
        return Files.exists(socket) ? at(socket, threads(pid) <= MOST_THREADS) : null;
    }

    /** The socket of this file; {@code few} says whether an answer about all threads can be in memory as a whole. */
    static AttachSocket at(Path socket, boolean few) {
        AttachSocket plain = new AttachSocket(socket, false);
        String version = few ? plain.answer(versionOne("getversion", "options")) : null;
        return new AttachSocket(socket, version != null && version.trim().equals(OPTIONS_OF_VERSION_2));
    }

    /** What the JVM answers to a {@code jcmd} command; null if it refuses, or not all of its answer came. */
    @Nullable
    String jcmd(String command) {
        return answer(inOnePiece ? versionTwo("jcmd streaming=0", command) : versionOne("jcmd", command));
    }

    private static String versionOne(String operation, String argument) {
        return "1\0" + operation + "\0" + argument + "\0\0\0";
    }

    private static String versionTwo(String operation, String argument) {
        String rest = operation + "\0" + argument + "\0";
        return "2\0" + rest.getBytes(StandardCharsets.UTF_8).length + "\0" + rest;
    }

    private @Nullable String answer(String request) {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            ByteBuffer bytes = ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            InputStream answer = Channels.newInputStream(channel);
            return answer.read() == '0' && answer.read() == '\n'
                    ? new String(answer.readAllBytes(), StandardCharsets.UTF_8)
                    : null;
        } catch (IOException e) {
            return null;
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
