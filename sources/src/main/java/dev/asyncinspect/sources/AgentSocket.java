package dev.asyncinspect.sources;

import dev.asyncinspect.core.wire.LinkFolder;
import dev.asyncinspect.core.wire.PeerCredentials;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import org.jspecify.annotations.Nullable;

/**
 * Where the agent of one JVM listens, and the way there.
 *
 * @param inTarget the socket as the JVM itself sees it
 * @param here the same socket as we reach it: through the root folder of the process, which in a container is another
 * @param userId user id that must own the folder, null if this system does not tell
 */
record AgentSocket(Path inTarget, Path here, @Nullable String userId) {

    /*
     * /tmp and not the JVM's java.io.tmpdir: so the place is known without asking the JVM, and a client finds an agent that
     * is there already without attaching. HotSpot's own attach needs a writable /tmp on Linux too.
     */

    private static final String SUFFIX = ".sock";

    static AgentSocket of(long pid) {
        String userId = ProcFs.userId(pid);
        Path root = ProcFs.root(pid);
        if (userId == null || !Files.isDirectory(root.resolve("tmp"))) {
            Path path = Path.of(
                    System.getProperty("java.io.tmpdir"), folderName(System.getProperty("user.name")), pid + SUFFIX);
            return new AgentSocket(path, path, userId);
        }
        Path path = Path.of("tmp", folderName(userId), ownPid(pid) + SUFFIX);
        return new AgentSocket(Path.of("/").resolve(path), root.resolve(path), userId);
    }

    /** The process id under which the process knows itself: in a container another one than ours. */
    static long ownPid(long pid) {
        String pids = ProcFs.status(pid, "NSpid");
        if (pids == null) {
            return pid;
        }
        String[] numbers = pids.split("\\s+");
        return Long.parseLong(numbers[numbers.length - 1]);
    }

    private static String folderName(String user) {
        return "async-inspect-" + user.replaceAll("[^A-Za-z0-9._-]", "_");
    }

    /**
     * Connects, if anybody listens.
     *
     * @return null if nobody does, or not yet
     * @throws IOException if the socket is not where only its user can put it
     */
    @Nullable
    SocketChannel connect() throws IOException {
        if (!Files.exists(here, LinkOption.NOFOLLOW_LINKS)) {
            return null;
        }
        UserPrincipal owner = LinkFolder.requirePrivate(folder());
        if (userId != null && !userId.equals(String.valueOf(Files.getAttribute(folder(), "unix:uid")))) {
            throw new IOException(folder() + " belongs to user " + owner.getName() + ", not to that of the process");
        }
        SocketChannel channel = tryConnect(here);
        if (channel != null && !isOwner(PeerCredentials.user(channel), owner)) {
            channel.close();
            throw new IOException(here + " is served by another user than its owner " + owner.getName());
        }
        return channel;
    }

    private static boolean isOwner(@Nullable UserPrincipal peer, UserPrincipal owner) {
        return peer == null || PeerCredentials.isOwnerOrRoot(peer, owner); // a JVM of root may serve a folder of ours
    }

    /** Removes sockets beside this one whose JVMs are gone; they cannot do it themselves when they are killed. */
    void removeStale(long pid) {
        if (ownPid(pid) != pid) {
            return; // in a container the names are process ids that we cannot look up
        }
        Path folder = inTarget.getParent();
        try {
            if (folder != null && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                LinkFolder.requirePrivate(folder);
                removeStale(folder);
                Files.delete(folder);
            }
        } catch (IOException e) {
            // Not empty, then it is in use; or not safe to touch, which connect tells if it matters.
        }
    }

    private static void removeStale(Path folder) throws IOException {
        try (DirectoryStream<Path> sockets = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (Path socket : sockets) {
                if (isOfDeadProcess(socket) && !answers(socket)) {
                    Files.deleteIfExists(socket);
                }
            }
        }
    }

    private static boolean isOfDeadProcess(Path socket) {
        String name = socket.getFileName().toString();
        String digits = name.substring(0, name.length() - SUFFIX.length());
        return digits.matches("\\d{1,18}")
                && ProcessHandle.of(Long.parseLong(digits)).isEmpty();
    }

    /** A container that shares our folder may use the same process id for a JVM of its own. */
    private static boolean answers(Path socket) throws IOException {
        try (SocketChannel channel = tryConnect(socket)) {
            return channel != null;
        }
    }

    private static @Nullable SocketChannel tryConnect(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            // Without blocking: with a full backlog a blocking connect would wait without an end.
            channel.configureBlocking(false);
            if (channel.connect(UnixDomainSocketAddress.of(socket))) {
                return channel;
            }
        } catch (IOException e) {
            // refused, or removed in between: nobody listens
        }
        channel.close();
        return null;
    }

    private Path folder() {
        Path folder = here.getParent();
        if (folder == null) {
            throw new IllegalStateException("a socket needs a folder: " + here);
        }
        return folder;
    }
}
