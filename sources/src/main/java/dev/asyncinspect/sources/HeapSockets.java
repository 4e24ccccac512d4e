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
import java.util.Set;

/** Threads of a heap that wait, without a timeout, for what comes from a socket whose other end is in the same heap. */
final class HeapSockets {

    /*
     *   reader ──► socket, local 40812, remote 8080 ···loopback··· socket, local 8080, remote 40812 ◄── whoever answers
     *
     * Both ends of a connection from a machine to itself have the same address, and each other's port. What the reader waits
     * for is then given by whoever reaches the other end, as with anything else. The name of the socket is only a means: what
     * the operating system has in its buffers no heap shows, so this is never certain.
     *
     * | class             | ports and address                             | reads in                           |
     * |-------------------|-----------------------------------------------|------------------------------------|
     * | NioSocketImpl     | localport, port, address                      | implRead, not timedRead            |
     * | SocketChannelImpl | localAddress, remoteAddress                   | read, in blocking mode; HttpClient |
     */

    private static final String SOCKET = "sun.nio.ch.NioSocketImpl";
    private static final String CHANNEL = "sun.nio.ch.SocketChannelImpl";
    private static final Set<String> READS = Set.of(SOCKET + ".implRead", CHANNEL + ".read", CHANNEL + ".implRead");
    private static final Set<String> BLOCKS =
            Set.of(SOCKET + ".park", CHANNEL + ".park", CHANNEL + ".blockingRead", "sun.nio.ch.SocketDispatcher.read0");

    /** One end of a connection; two ends of one from a machine to itself are equal, once one is turned round. */
    private record End(int local, int remote, String address) {

        End turned() {
            return new End(/* local= */ remote, /* remote= */ local, address);
        }
    }

    /**
     * A socket that is connected.
     *
     * @param address the object that is the address of its other end
     */
    private record Connected(long socket, int local, int remote, long address) {}

    private final Heap heap;
    private final Map<Long, End> endOf = new HashMap<>();
    private final Map<End, List<Long>> ends = new HashMap<>();

    HeapSockets(Heap heap) {
        this.heap = heap;
    }

    /**
     * The waits of these threads for an answer from this JVM itself.
     *
     * @param others what threads wait for otherwise: one for a future may wait for the answer that completes it
     */
    List<Awaited> waits(Collection<Awaited> others) {
        Map<HeapThread, List<Long>> readers = new HashMap<>();
        HeapHttpCalls calls = new HeapHttpCalls(heap, others);
        for (HeapThread thread : heap.threads()) {
            long socket = readFrom(thread);
            List<Long> sockets = socket == 0 ? calls.channels(thread) : List.of(socket);
            if (!sockets.isEmpty()) {
                readers.put(thread, sockets);
            }
        }
        if (readers.isEmpty()) {
            return List.of();
        }
        join();
        List<Awaited> waits = new ArrayList<>();
        readers.forEach((thread, sockets) -> {
            List<Long> keys =
                    sockets.stream().flatMap(socket -> others(socket).stream()).toList();
            if (!keys.isEmpty()) {
                waits.add(new Awaited(thread, sockets.get(0), 0, keys));
            }
        });
        return waits;
    }

    private List<Long> others(long socket) {
        End end = endOf.get(socket);
        return end == null ? List.of() : ends.getOrDefault(end.turned(), List.of());
    }

    private void join() {
        List<Connected> all = heap.instancesOf(Set.of(SOCKET, CHANNEL)).values().stream()
                .flatMap(List::stream)
                .map(this::connected)
                .filter(connected -> connected.local > 0 && connected.remote > 0)
                .toList();
        HeapAddresses addresses =
                new HeapAddresses(heap, all.stream().map(Connected::address).toList());
        for (Connected connected : all) {
            String address = addresses.of(connected.address);
            if (address != null) {
                End end = new End(connected.local, connected.remote, address);
                endOf.put(connected.socket, end);
                ends.computeIfAbsent(end, e -> new ArrayList<>()).add(connected.socket);
            }
        }
    }

    /** The socket that the thread reads from without a timeout, 0 if it does not. */
    private long readFrom(HeapThread thread) {
        boolean blocks = false;
        for (int depth = 0; depth < thread.frames().size(); depth++) {
            Frame frame = thread.frames().get(depth);
            String method = frame.className() + "." + frame.method();
            if (!frame.isJdk() || method.endsWith(".timedRead")) {
                return 0;
            }
            blocks |= BLOCKS.contains(method);
            if (READS.contains(method) && blocks) {
                for (long local : thread.locals().getOrDefault(depth, List.of())) {
                    if (heap.isA(local, frame.className())) {
                        return heap.number(local, "timeout") > 0 ? 0 : local;
                    }
                }
            }
        }
        return 0;
    }

    private Connected connected(long socket) {
        if (heap.isA(socket, SOCKET)) {
            return new Connected(
                    socket,
                    (int) heap.number(socket, "localport"),
                    (int) heap.number(socket, "port"),
                    heap.reference(socket, "address"));
        }
        long remote = heap.reference(heap.reference(socket, "remoteAddress"), "holder");
        long local = heap.reference(heap.reference(socket, "localAddress"), "holder");
        return new Connected(
                socket,
                (int) heap.number(local, "port"),
                (int) heap.number(remote, "port"),
                heap.reference(remote, "addr"));
    }
}
