package dev.asyncinspect.sources;

import dev.asyncinspect.model.Frame;
import dev.asyncinspect.sources.heap.Heap;
import dev.asyncinspect.sources.heap.HeapThread;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Threads of a heap that wait, in {@code java.net.http.HttpClient.send}, for a response without a timeout: over which connection. */
final class HeapHttpCalls {

    /*
     *   send(request, …)    request ◄──userRequest── MultiExchange ──exchange──► Exchange ──exchImpl──► Http1Exchange or Stream
     *                                                                 ──connection──► …Connection ──chan──► SocketChannelImpl
     *
     * The connection of HTTP/2, and one with TLS, has another one inside. One request may be sent more than once at a time: then
     * all of its connections are told, for which of them this thread waits for is not known.
     */

    private static final String CLIENT = "jdk.internal.net.http.HttpClientImpl";
    private static final String REQUEST = "java.net.http.HttpRequest";
    private static final String CALL = "jdk.internal.net.http.MultiExchange";
    private static final int MOST_INSIDE = 4;

    private final Heap heap;
    private @Nullable List<Long> calls;

    HeapHttpCalls(Heap heap) {
        this.heap = heap;
    }

    /** The channels by one of which the response comes that this thread waits for; empty if it waits for none, or for a time only. */
    List<Long> channels(HeapThread thread) {
        long request = sentBy(thread);
        if (request == 0 || hasTimeout(request)) {
            return List.of();
        }
        List<Long> found = new ArrayList<>();
        for (long call : calls()) {
            if (heap.reference(call, "userRequest") == request) {
                long channel = channel(heap.reference(heap.reference(call, "exchange"), "exchImpl"));
                if (channel != 0) {
                    found.add(channel);
                }
            }
        }
        return found;
    }

    private boolean hasTimeout(long request) {
        long timeout = heap.reference(request, "timeout");
        return !heap.has(request, "timeout")
                || (heap.isA(timeout, "java.util.Optional") ? heap.reference(timeout, "value") : timeout) != 0;
    }

    private List<Long> calls() {
        List<Long> known = calls;
        if (known == null) {
            known = heap.instancesOf(CALL);
            calls = known;
        }
        return known;
    }

    private long sentBy(HeapThread thread) {
        for (int depth = 0; depth < thread.frames().size(); depth++) {
            Frame frame = thread.frames().get(depth);
            if (!frame.isJdk()) {
                return 0;
            }
            if (frame.className().equals(CLIENT) && frame.method().equals("send")) {
                return thread.locals().getOrDefault(depth, List.of()).stream()
                        .filter(local -> heap.isA(local, REQUEST))
                        .findFirst()
                        .orElse(0L);
            }
        }
        return 0;
    }

    private long channel(long exchange) {
        long connection = heap.reference(exchange, "connection");
        for (int depth = 0; depth < MOST_INSIDE && connection != 0; depth++) {
            if (heap.has(connection, "chan")) {
                return heap.reference(connection, "chan");
            }
            connection = heap.reference(
                    connection, heap.has(connection, "plainConnection") ? "plainConnection" : "connection");
        }
        return 0;
    }
}
