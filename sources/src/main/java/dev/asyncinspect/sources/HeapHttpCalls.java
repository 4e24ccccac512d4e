package dev.asyncinspect.sources;

import dev.asyncinspect.model.Frame;
import dev.asyncinspect.sources.heap.Awaited;
import dev.asyncinspect.sources.heap.Heap;
import dev.asyncinspect.sources.heap.HeapThread;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Threads of a heap that wait for a response of {@code java.net.http.HttpClient} without a timeout: over which connection. */
final class HeapHttpCalls {

    /*
     *   send(request, …)    request ◄──userRequest── MultiExchange ──exchange──► Exchange ──exchImpl──► Http1Exchange or Stream
     *                                                                 ──connection──► …Connection ──chan──► SocketChannelImpl
     *
     *
     *   sendAsync(…).join() future ◄──stages── MinimalFuture ◄──a few references── Http1Exchange or Stream
     *
     * The connection of HTTP/2, and one with TLS, has another one inside. One request may be sent more than once at a time: then
     * all of its connections are told, for which of them this thread waits for is not known. What hangs on a future is looked for
     * so near that other calls over the same connection are not met.
     */

    static final String CLIENT = "jdk.internal.net.http.HttpClientImpl";
    private static final String REQUEST = "java.net.http.HttpRequest";
    private static final String CALL = "jdk.internal.net.http.MultiExchange";
    private static final int MOST_INSIDE = 4;
    private static final int NEAR = 5;

    private final Heap heap;
    private final Map<Long, Long> futures = new HashMap<>();
    private @Nullable List<Long> calls;
    private @Nullable Map<Long, List<Long>> channelsOf;

    /**
     * Looks for the calls of a heap, if it is asked.
     *
     * @param waits what threads wait for
     */
    HeapHttpCalls(Heap heap, Collection<Awaited> waits) {
        this.heap = heap;
        for (Awaited wait : waits) {
            if (heap.isA(wait.objectId(), HeapStages.FUTURE)) {
                futures.put(wait.thread().objectId(), wait.objectId());
            }
        }
    }

    /** The channels by one of which the response comes that this thread waits for; empty if it waits for none, or for a time only. */
    List<Long> channels(HeapThread thread) {
        long request = sentBy(thread);
        if (request == 0) {
            return channelsOf(futures.getOrDefault(thread.objectId(), 0L));
        }
        List<Long> found = new ArrayList<>();
        for (long call : calls()) {
            if (heap.reference(call, "userRequest") == request) {
                channel(call).ifPresent(found::add);
            }
        }
        return found;
    }

    private List<Long> channelsOf(long future) {
        if (future == 0) {
            return List.of();
        }
        Map<Long, List<Long>> known = channelsOf;
        if (known == null) {
            known = new HashMap<>();
            WorkReach reach = new WorkReach(heap, Set.copyOf(futures.values()), NEAR);
            for (long call : calls()) {
                OptionalLong channel = channel(call);
                if (channel.isPresent()) {
                    for (long found : reach.of(exchange(call))) {
                        known.computeIfAbsent(found, f -> new ArrayList<>()).add(channel.getAsLong());
                    }
                }
            }
            channelsOf = known;
        }
        return known.getOrDefault(future, List.of());
    }

    private long exchange(long call) {
        return heap.reference(heap.reference(call, "exchange"), "exchImpl");
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

    private OptionalLong channel(long call) {
        long connection =
                hasTimeout(heap.reference(call, "userRequest")) ? 0 : heap.reference(exchange(call), "connection");
        for (int depth = 0; depth < MOST_INSIDE && connection != 0; depth++) {
            if (heap.reference(connection, "chan") != 0) {
                return OptionalLong.of(heap.reference(connection, "chan"));
            }
            connection = heap.reference(
                    connection, heap.has(connection, "plainConnection") ? "plainConnection" : "connection");
        }
        return OptionalLong.empty();
    }
}
