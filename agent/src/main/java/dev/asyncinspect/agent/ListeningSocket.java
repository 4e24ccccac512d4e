package dev.asyncinspect.agent;

import dev.asyncinspect.core.wire.LinkFolder;
import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The socket on which the agent waits for clients, in a folder that only our user can enter. */
final class ListeningSocket implements Closeable {

    private static final int BACKLOG = 8;

    /** The folder or a socket left there can vanish or appear between two steps; more often than this is no accident. */
    private static final int ATTEMPTS = 4;

    /*
     * A JVM that exits waits up to 0.3 seconds for threads that are in native code, where one that selects is: a short program would take
     * as long with us. So we wait there until the JVM begins to exit, and from then on by parking, which it does not wait for; what hangs while
     * it exits can still be asked.
     *
     *   our thread                                     who tells us that the JVM exits
     *   selecting = true                               exiting = true
     *   exiting? then do not select                    wake the selector up
     *   selecting = false                              until selecting is false: wait
     */

    /** How long a client may have to wait once the JVM exits. */
    private static final long EXITING_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private static final long A_MOMENT_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

    /** More than any machine needs to wake our thread up; exiting goes on then, and takes 0.3 seconds. */
    private static final long STEP_BACK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Path path;
    private final ServerSocketChannel server;
    private final Selector selector;
    private boolean closed;

    /** Written by who tells us that the JVM exits, read by our thread. Volatile, as the next: each writes its own before it reads the other's. */
    private volatile boolean exiting;

    /** Whether our thread is in the selector or about to be: written by our thread. */
    private volatile boolean selecting;

    private ListeningSocket(Path path, ServerSocketChannel server) throws IOException {
        this.path = path;
        this.server = server;
        server.configureBlocking(false);
        this.selector = Selector.open();
        server.register(selector, SelectionKey.OP_ACCEPT);
    }

    /**
     * Creates the folder and the socket.
     *
     * @return null if somebody serves this socket already: an agent of another loader in this JVM
     */
    static @Nullable ListeningSocket open(Path path) throws IOException {
        IOException failure = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            LinkFolder.create(folder(path));
            if (isServed(path)) {
                return null;
            }
            try {
                Files.deleteIfExists(path); // of a JVM that is gone and had our process id
                return bind(path);
            } catch (IOException e) {
                failure = e; // another agent of this user left and took the empty folder with it
            }
        }
        throw new IOException("cannot open " + path, failure);
    }

    private static ListeningSocket bind(Path path) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        boolean bound = false;
        try {
            server.bind(UnixDomainSocketAddress.of(path), BACKLOG);
            bound = true;
            // We made the socket, so it tells who we are: no name to look up, which can be missing in a container.
            if (!LinkFolder.requirePrivate(folder(path)).equals(LinkFolder.owner(path))) {
                throw new IOException(folder(path) + " belongs to another user");
            }
            return new ListeningSocket(path, server);
        } catch (IOException | RuntimeException e) {
            if (bound) {
                Files.deleteIfExists(path);
            }
            server.close();
            throw e;
        }
    }

    private static boolean isServed(Path path) throws IOException {
        if (!Files.exists(path)) {
            return false;
        }
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            probe.configureBlocking(false);
            probe.connect(UnixDomainSocketAddress.of(path));
            return true; // also if it is too busy to answer at once
        } catch (IOException e) {
            return false; // refused
        }
    }

    /** The next client, null if none came in time. */
    @Nullable
    SocketChannel accept(long timeoutMillis) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        while (true) {
            SocketChannel client = server.accept();
            long restMillis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (client != null || restMillis <= 0) {
                return client;
            }
            await(restMillis);
        }
    }

    private void await(long millis) throws IOException {
        selecting = true;
        try {
            if (!exiting) {
                selector.select(millis);
                selector.selectedKeys().clear();
                return;
            }
        } finally {
            selecting = false;
        }
        LockSupport.parkNanos(this, EXITING_NANOS);
    }

    /** The JVM exits: from now on whoever waits here does not wait in native code. Returns when that is so. Any thread. */
    void letExit() {
        exiting = true;
        selector.wakeup();
        long begin = System.nanoTime();
        while (selecting && System.nanoTime() - begin < STEP_BACK_NANOS) {
            LockSupport.parkNanos(this, A_MOMENT_NANOS);
        }
    }

    /** Removes the socket, and the folder if no other agent has its socket there. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        // The file first: once the socket is closed a newer agent may put its own in the same place.
        try (selector;
                server) {
            Files.deleteIfExists(path);
            removeIfEmpty(folder(path));
        }
    }

    private static void removeIfEmpty(Path folder) {
        try {
            Files.delete(folder);
        } catch (IOException e) {
            // Not empty, then it is still needed; or another agent was faster.
        }
    }

    private static Path folder(Path path) {
        Path folder = path.getParent();
        if (folder == null) {
            throw new IllegalArgumentException("a socket needs a folder: " + path);
        }
        return folder;
    }
}
