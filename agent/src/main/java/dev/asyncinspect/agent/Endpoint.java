package dev.asyncinspect.agent;

import dev.asyncinspect.agent.recording.Recording;
import dev.asyncinspect.agent.rows.RowSource;
import dev.asyncinspect.core.rows.Row;
import dev.asyncinspect.core.wire.LinkChannel;
import dev.asyncinspect.core.wire.LinkFolder;
import dev.asyncinspect.core.wire.PeerCredentials;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The agent's side of the link: serves one client after the other until one says detach, or none comes. */
final class Endpoint implements Runnable {

    /*
     * One thread does everything: wait, read, write. While it writes to a slow client it does not read the JVM, and the
     * program never waits for it, because they share no lock. A second client waits in the backlog of the socket.
     *
     * While it records it does not leave: detach and idleness end nothing then.
     *
     *   start ──► waiting ──client──► serving ──gone──► waiting
     *                │ idle                │ detach
     *                └──────► leaving ◄────┘        socket removed, then closed; the client's connection last, so
     *                                               that its end tells the client that all is gone
     */

    private static final long WRITE_BUDGET_NANOS = 10_000_000_000L;

    /** A client that is stopped or hangs would keep the agent in the program for ever. */
    private static final long SILENCE_NANOS = 300_000_000_000L;

    /**
     * How patient an endpoint is with its client.
     *
     * @param writeBudgetNanos time that it may spend on waiting for a slow client in one sample
     * @param silenceNanos how long a client may say nothing
     */
    record Patience(long writeBudgetNanos, long silenceNanos) {}

    private final AgentOptions options;
    private final Supplier<RowSource> opener;
    private final Recording recording;
    private final Consumer<Endpoint> hasLeft;
    private final Patience patience;
    private final Problems problems;

    /** Written by the link thread, read by whoever loads the agent again; nothing else hangs on it. */
    private volatile boolean leaving;

    Endpoint(
            AgentOptions options,
            Supplier<RowSource> opener,
            Recording recording,
            Problems problems,
            Consumer<Endpoint> hasLeft) {
        this(options, opener, recording, problems, hasLeft, new Patience(WRITE_BUDGET_NANOS, SILENCE_NANOS));
    }

    Endpoint(
            AgentOptions options,
            Supplier<RowSource> opener,
            Recording recording,
            Problems problems,
            Consumer<Endpoint> hasLeft,
            Patience patience) {
        this.options = options;
        this.opener = opener;
        this.recording = recording;
        this.problems = problems;
        this.hasLeft = hasLeft;
        this.patience = patience;
    }

    /** Whether it takes no more clients. */
    boolean isLeaving() {
        return leaving;
    }

    @Override
    public void run() {
        try {
            serve();
        } catch (Throwable e) {
            // No socket, so nobody to tell: the client says that the agent does not answer.
            problems.add("the agent ended", e);
        } finally {
            leaving = true;
            recording.stop(); // nobody could do it later
            hasLeft.accept(this);
        }
    }

    private void serve() throws IOException {
        Path link = options.socket();
        if (link == null) {
            return;
        }
        try (ListeningSocket socket = ListeningSocket.open(link)) {
            if (socket == null) {
                return;
            }
            AtExit exit = AtExit.run(socket::letExit);
            try {
                serve(socket, link);
            } finally {
                exit.forget();
            }
        }
    }

    private void serve(ListeningSocket socket, Path link) throws IOException {
        SocketChannel client = next(socket);
        RowSource rows = client == null
                ? null
                : openRows(); // not earlier: a program that is recorded from its start has other things to do
        while (client != null && rows != null && !serve(client, rows, socket, link)) {
            client = next(socket);
        }
        leaving = true;
    }

    /** The next client; null if it is time to leave, which it never is while we record. */
    private @Nullable SocketChannel next(ListeningSocket socket) throws IOException {
        SocketChannel client = socket.accept(options.idleMillis());
        while (client == null && recording.isOn()) {
            client = socket.accept(options.idleMillis());
        }
        return client;
    }

    private RowSource openRows() {
        try {
            return opener.get();
        } catch (Throwable e) {
            String reason = Problems.line(e);
            return (request, sink) -> sink.accept(new Row.NotSeen("anything in this JVM", reason));
        }
    }

    /** Serves one client; true if it said detach and we are to leave. */
    private boolean serve(SocketChannel client, RowSource rows, ListeningSocket socket, Path link) {
        try (LinkChannel channel = new LinkChannel(client, patience.writeBudgetNanos())) {
            requireFriend(PeerCredentials.user(client), link);
            boolean detach = new ClientSession(channel, rows, options, recording, problems, patience).serve()
                    && !recording.isOn();
            if (detach) {
                leaving = true;
                socket.close();
            }
            return detach;
        } catch (IOException e) {
            problems.add("a client was dropped", e);
            return false;
        }
    }

    private static void requireFriend(@Nullable UserPrincipal user, Path link) throws IOException {
        // Where the kernel does not tell, the folder alone protects us.
        if (user != null && !PeerCredentials.isOwnerOrRoot(user, LinkFolder.owner(link))) {
            throw new IOException("user " + user.getName() + " may not look at this JVM");
        }
    }
}
