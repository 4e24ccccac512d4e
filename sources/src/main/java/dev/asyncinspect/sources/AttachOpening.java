package dev.asyncinspect.sources;

import dev.asyncinspect.core.wire.Hello;
import dev.asyncinspect.core.wire.LinkChannel;
import dev.asyncinspect.core.wire.WireException;
import dev.asyncinspect.core.wire.WireReader;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The tries to reach an agent, one after the other until the time is over: one that is there already first, because each
 * load leaves a little of the JVM's memory behind.
 */
record AttachOpening(long pid, AttachLink.Settings settings, AgentSocket socket, long deadline) {

    /**
     * After a load the agent needs a moment to listen; when it does not come, another one was just leaving, and ours,
     * seeing its socket, did not start.
     */
    private static final Duration UNTIL_LOADED_AGAIN = Duration.ofSeconds(3);

    private static final long MAX_PAUSE_MILLIS = 50;

    AttachOpening(long pid, AttachLink.Settings settings, AgentSocket socket) {
        this(pid, settings, socket, System.nanoTime() + settings.timeout().toNanos());
    }

    AttachLink open() throws SourceException {
        AttachLink link = connect();
        while (link == null) {
            String options = "link=" + socket.inTarget() + ",idle-millis="
                    + settings.idle().toMillis();
            AgentLoader.load(pid, settings.jar(), options, rest());
            link = connectUntil(untilLoadedAgain());
        }
        return link;
    }

    /** To an agent that is there, or that a JVM has begun with and that is about to listen; null if there is none. */
    @Nullable
    AttachLink openIfThere() throws SourceException {
        AttachLink link = connect();
        return link == null && AnnouncedRecording.isExpected(pid) ? connectUntil(untilLoadedAgain()) : link;
    }

    private long untilLoadedAgain() {
        return Math.min(deadline, System.nanoTime() + UNTIL_LOADED_AGAIN.toNanos());
    }

    private @Nullable AttachLink connectUntil(long end) throws SourceException {
        AttachLink link = connect();
        for (long pause = 1; link == null && System.nanoTime() < end; pause = Math.min(2 * pause, MAX_PAUSE_MILLIS)) {
            sleep(pause);
            link = connect();
        }
        return link;
    }

    /** One try; null if there is no agent, or it leaves just now. */
    @Nullable
    AttachLink connect() throws SourceException {
        try {
            SocketChannel connected = socket.connect();
            return connected == null ? null : greet(new LinkChannel(connected, rest().toNanos()));
        } catch (SocketTimeoutException e) {
            throw AttachLink.unreachable(
                    "process " + pid + " has an agent that does not answer: it may serve another async-inspect,"
                            + " or the JVM is stopped or in a long collection",
                    e);
        } catch (WireException e) {
            throw AttachLink.unreachable("process " + pid + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw AttachLink.unreachable("process " + pid + " cannot be talked to: " + e.getMessage(), e);
        }
    }

    private @Nullable AttachLink greet(LinkChannel channel) throws IOException {
        AttachLink link = null;
        try {
            WireReader reader = WireReader.ofAgent(channel.input());
            Hello hello = reader.readHello();
            if (hello != null) {
                link = new AttachLink(pid, settings.timeout(), socket, channel, reader, hello);
            }
            return link;
        } catch (SocketException e) {
            return null; // reset: it left while we came
        } finally {
            if (link == null) {
                channel.close();
            }
        }
    }

    private Duration rest() throws SourceException {
        long restNanos = deadline - System.nanoTime();
        if (restNanos <= 0) {
            throw AttachLink.unreachable(
                    "process " + pid + " took the agent, but it did not answer within "
                            + settings.timeout().toMillis() + " ms: try a longer --timeout or --no-attach",
                    null);
        }
        return Duration.ofNanos(restNanos);
    }

    private void sleep(long millis) throws SourceException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw AttachLink.unreachable("process " + pid + " was not looked at: interrupted", e);
        }
    }
}
