package dev.asyncinspect.sources;

import dev.asyncinspect.core.rows.RowHandler;
import dev.asyncinspect.core.wire.Hello;
import dev.asyncinspect.core.wire.LinkChannel;
import dev.asyncinspect.core.wire.RecordingHandler;
import dev.asyncinspect.core.wire.RecordingMessage;
import dev.asyncinspect.core.wire.Release;
import dev.asyncinspect.core.wire.SampleRequest;
import dev.asyncinspect.core.wire.WireException;
import dev.asyncinspect.core.wire.WireReader;
import dev.asyncinspect.core.wire.WireWriter;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The line to an agent inside a live JVM. Opening it loads the agent, unless one is there already; closing it makes the
 * agent leave. For one thread.
 */
public final class AttachLink implements AutoCloseable {

    /** Begin, End, and the row in which an agent says that a sample broke off. */
    private static final int ROWS_BESIDE_THE_CAP = 3;

    private static final Duration PATIENCE_AT_CLOSE = Duration.ofSeconds(3);

    private final long pid;
    private final Duration timeout;
    private final AgentSocket socket;
    private final LinkChannel channel;
    private final WireReader reader;
    private final WireWriter writer;
    private final Hello hello;
    private final List<String> problems = new ArrayList<>();
    private boolean closed;

    AttachLink(long pid, Duration timeout, AgentSocket socket, LinkChannel channel, WireReader reader, Hello hello) {
        this.pid = pid;
        this.timeout = timeout;
        this.socket = socket;
        this.channel = channel;
        this.reader = reader;
        this.writer = new WireWriter(channel.output());
        this.hello = hello;
    }

    /**
     * How to attach.
     *
     * @param jar what to load into the JVM
     * @param timeout how long to wait for the agent: until it answers, and from one row to the next
     * @param idle how long the agent stays without a client before it leaves by itself
     */
    public record Settings(Path jar, Duration timeout, Duration idle) {

        /** Set by the launcher: the jar that async-inspect runs from. */
        static final String BUNDLE_PROPERTY = "dev.asyncinspect.bundle";

        private static final Duration IDLE = Duration.ofSeconds(10);

        /** How long an agent stays for who looks again and again: as long as it bears with a client that says nothing. */
        static final Duration STAY = Duration.ofMinutes(5);

        /**
         * The jar that we run from, and the usual patience.
         *
         * @throws SourceException if we do not run from a jar
         */
        public static Settings ofBundle(Duration timeout) throws SourceException {
            String bundle = System.getProperty(BUNDLE_PROPERTY);
            if (bundle == null) {
                throw new SourceException(
                        SourceException.Reason.UNREACHABLE,
                        "no agent to load: async-inspect does not run from its jar, and -D" + BUNDLE_PROPERTY
                                + "=JAR does not name one");
            }
            return new Settings(Path.of(bundle), timeout, IDLE);
        }

        /** The same, for who comes again. */
        Settings staying() {
            return new Settings(jar, timeout, STAY);
        }
    }

    /**
     * Opens the line.
     *
     * @throws SourceException if the JVM cannot be attached to, takes no agent, or has one of another release
     */
    public static AttachLink open(JvmProcess jvm, Settings settings) throws SourceException {
        if (jvm.obstacle() != null) {
            throw unreachable("cannot look at process " + jvm.pid() + ": " + jvm.obstacle(), null);
        }
        AgentSocket socket = AgentSocket.of(jvm.pid());
        socket.removeStale(jvm.pid());
        AttachLink link = new AttachOpening(jvm.pid(), settings, socket).open();
        link.requireOurRelease();
        return link;
    }

    /**
     * Opens the line to an agent that is there already; loads none.
     *
     * @return null if there is none
     * @throws SourceException if it does not answer, or is of another release
     */
    public static @Nullable AttachLink openIfThere(JvmProcess jvm, Settings settings) throws SourceException {
        if (jvm.obstacle() != null) {
            throw unreachable("cannot look at process " + jvm.pid() + ": " + jvm.obstacle(), null);
        }
        AttachLink link = new AttachOpening(jvm.pid(), settings, AgentSocket.of(jvm.pid())).openIfThere();
        if (link != null) {
            link.requireOurRelease();
        }
        return link;
    }

    /** What the agent said of itself. */
    public Hello hello() {
        return hello;
    }

    /** What the agent could not do so far and that is no matter of a single sample. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /**
     * Takes one sample.
     *
     * @param rows is handed each row as it comes, {@code Begin} first and {@code End} last
     * @throws SourceException if the JVM ends or stops answering; rows handed over by then are no whole sample
     */
    public void sample(SampleRequest request, RowHandler rows) throws SourceException {
        SampleRelay relay = new SampleRelay(rows, problems);
        try {
            channel.expireIn(timeout.toNanos());
            writer.sample(request);
            writer.flush();
            while (relay.end() == null) {
                channel.expireIn(timeout.toNanos());
                if (!reader.read(relay)) {
                    throw new WireException("the agent left");
                }
                if (relay.count() > (long) request.maxRows() + ROWS_BESIDE_THE_CAP) {
                    throw new WireException("the agent sends more than the " + request.maxRows() + " rows asked for");
                }
            }
        } catch (SocketTimeoutException e) {
            throw unreachable(
                    "process " + pid + " did not go on within " + timeout.toMillis()
                            + " ms in a sample: it may be stopped or in a long collection, try a longer --timeout",
                    e);
        } catch (IOException e) {
            throw unreachable(
                    "process " + pid
                            + (isAlive(pid)
                                    ? " broke off a sample: " + e.getMessage()
                                    : " ended while it was looked at"),
                    e);
        }
    }

    /**
     * Makes the agent record, with what is wished for beyond the usual.
     *
     * @throws SourceException if the agent cannot, is gone, or is wished more of and records already
     */
    public RecordingMessage.State record(RecordingWish wish) throws SourceException {
        require(wish);
        return order(wish.order());
    }

    /** Throws unless a recording that begins now could have all that. */
    void require(RecordingWish wish) throws SourceException {
        List<String> beyond = wish.beyond(hello.capabilities());
        if (!beyond.isEmpty()) {
            throw unreachable(
                    "the agent of process " + pid + " is of an older release: try without " + String.join(", ", beyond),
                    null);
        }
        if (!wish.isUsual() && recording().on()) {
            throw unreachable(
                    "process " + pid
                            + " records already, and only a recording that begins can have lines, locks, contexts or"
                            + " settings:"
                            + " 'async-inspect stop " + pid + "' ends it",
                    null);
        }
    }

    /**
     * Makes the agent record, or stop and take everything out of the program. While it records it stays, also when this
     * line is closed.
     *
     * @return how it stands afterwards
     * @throws SourceException if the agent cannot, or is gone
     */
    public RecordingMessage.State record(boolean on) throws SourceException {
        return order(new RecordingMessage.Control(on));
    }

    private RecordingMessage.State order(RecordingMessage.Control control) throws SourceException {
        boolean on = control.on();
        RecordingRelay relay = ask(control);
        RecordingMessage.State state = relay.state();
        if (state == null || state.on() != on) {
            String reason = problems.isEmpty() ? "it does not say why" : problems.get(problems.size() - 1);
            throw unreachable(
                    "process " + pid + " does not " + (on ? "record" : "stop recording") + ": " + reason, null);
        }
        return state;
    }

    /** How the recording stands, and its hook table. */
    public RecordingState recording() throws SourceException {
        RecordingRelay relay = ask(new RecordingMessage.AskState());
        RecordingMessage.State state = relay.state();
        return RecordingState.of(state == null ? new RecordingMessage.State(false, 0, 0, "") : state, relay.hooks());
    }

    /**
     * Takes recorded events.
     *
     * @param from number of the first wanted, 0 for the oldest that is kept
     * @param max how many at most
     * @param handler is handed texts of symbols, then events
     * @return where to go on, and what was lost
     */
    public RecordingMessage.EventsEnd events(long from, int max, RecordingHandler handler) throws SourceException {
        RecordingRelay relay = new RecordingRelay(problems, handler);
        talk(new RecordingMessage.TakeEvents(from, max), relay);
        RecordingMessage.EventsEnd end = relay.end();
        if (end == null) {
            throw unreachable("process " + pid + " sent no events", null);
        }
        return end;
    }

    private RecordingRelay ask(RecordingMessage order) throws SourceException {
        RecordingRelay relay = new RecordingRelay(problems, null);
        talk(order, relay);
        return relay;
    }

    private void talk(RecordingMessage order, RecordingRelay relay) throws SourceException {
        if (!hello.capabilities().contains("record")) {
            throw unreachable("the agent of process " + pid + " cannot record", null);
        }
        try {
            channel.expireIn(timeout.toNanos());
            writer.recording(order);
            writer.flush();
            while (!relay.isComplete()) {
                channel.expireIn(timeout.toNanos());
                if (!reader.read(relay)) {
                    throw new WireException("the agent left");
                }
            }
        } catch (IOException e) {
            throw unreachable(
                    "process " + pid
                            + (isAlive(pid) ? " broke off: " + e.getMessage() : " ended while we talked to its agent"),
                    e);
        }
    }

    /**
     * Makes the agent leave, unless it records, and waits until it has hung up; a JVM that is gone has nothing to say. A second
     * time nothing happens.
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (channel) {
            channel.expireIn(PATIENCE_AT_CLOSE.toNanos());
            writer.detach();
            writer.flush();
            SampleRelay rest = new SampleRelay(null, problems);
            while (reader.read(rest)) {
                // rows of a sample that nobody waits for any more
            }
        } catch (IOException e) {
            // The JVM is gone, or does not answer: then the agent leaves by itself when its idle time is over.
        }
        if (!isAlive(pid)) {
            socket.removeStale(pid);
        }
    }

    private void requireOurRelease() throws SourceException {
        if (!hello.release().equals(Release.version())) {
            hangUp();
            throw unreachable(
                    "process " + pid + " has an agent of async-inspect " + hello.release() + ", we are "
                            + Release.version() + ": it leaves by itself a while after its last client, try again then",
                    null);
        }
        if (hello.pid() != AgentSocket.ownPid(pid)) {
            hangUp();
            throw unreachable(
                    "process " + pid + " is not who answers at " + socket.here() + ": that is process " + hello.pid(),
                    null);
        }
    }

    /** Closes the line without a word, as a client does that is killed. */
    void hangUp() {
        try {
            channel.close();
        } catch (IOException e) {
            // it is not ours to use any more
        }
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).isPresent();
    }

    static SourceException unreachable(String message, @Nullable Throwable cause) {
        return cause == null
                ? new SourceException(SourceException.Reason.UNREACHABLE, message)
                : new SourceException(SourceException.Reason.UNREACHABLE, message, cause);
    }
}
