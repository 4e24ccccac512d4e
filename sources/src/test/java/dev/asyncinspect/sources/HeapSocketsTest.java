package dev.asyncinspect.sources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.model.AccessMode;
import dev.asyncinspect.model.Hold;
import dev.asyncinspect.model.Provenance;
import dev.asyncinspect.model.ResourceKind;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Task;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a heap tells of a worker that waits for an answer from its own JVM, the other end of which lies in the queue of its pool. */
class HeapSocketsTest {

    private static final String JUC = HeapScene.JUC;
    private static final String SOCKET = "sun.nio.ch.NioSocketImpl";
    private static final String CHANNEL = "sun.nio.ch.SocketChannelImpl";
    private static final String HTTP = "jdk.internal.net.http.";
    private static final String FUTURE = JUC + "CompletableFuture";
    private static final int CLIENT_PORT = 40_812;
    private static final int SERVER_PORT = 8080;

    @TempDir
    Path folder;

    private final HeapScene scene = new HeapScene("");
    private final long worker = scene.heap.newId();

    HeapSocketsTest() {
        scene.heap
                .type(
                        JUC + "ThreadPoolExecutor",
                        "java.lang.Object",
                        "workQueue",
                        "corePoolSize:int",
                        "maximumPoolSize:int")
                .type(JUC + "ThreadPoolExecutor$Worker", "java.lang.Object", "this$0", "thread")
                .type(JUC + "LinkedBlockingQueue", "java.lang.Object", "head", "capacity:int")
                .type(JUC + "LinkedBlockingQueue$Node", "java.lang.Object", "item", "next")
                .type("java.net.InetAddress$InetAddressHolder", "java.lang.Object", "hostName", "address:int")
                .type("java.net.InetAddress", "java.lang.Object", "holder")
                .type("java.net.Inet4Address", "java.net.InetAddress")
                .type("java.net.Inet6Address$Inet6AddressHolder", "java.lang.Object", "ipaddress")
                .type("java.net.Inet6Address", "java.net.InetAddress", "holder6")
                .type("java.net.InetSocketAddress$InetSocketAddressHolder", "java.lang.Object", "addr", "port:int")
                .type("java.net.InetSocketAddress", "java.lang.Object", "holder")
                .type(SOCKET, "java.lang.Object", "address", "localport:int", "port:int")
                .type(CHANNEL, "java.lang.Object", "localAddress", "remoteAddress")
                .type("shop.Answer", "java.lang.Object", "socket");
    }

    private long address(String text) throws Exception {
        byte[] bytes = text.startsWith("mapped ")
                ? mapped(InetAddress.getByName(text.substring("mapped ".length()))
                        .getAddress())
                : InetAddress.getByName(text).getAddress();
        if (bytes.length == 4) {
            int number = ByteBuffer.wrap(bytes).getInt();
            return scene.heap.object(
                    "java.net.Inet4Address", scene.heap.object("java.net.InetAddress$InetAddressHolder", 0, number));
        }
        long array = scene.heap.byteArray(bytes);
        return scene.heap.object(
                "java.net.Inet6Address", scene.heap.object("java.net.Inet6Address$Inet6AddressHolder", array), 0);
    }

    private static byte[] mapped(byte[] four) {
        byte[] sixteen = new byte[16];
        sixteen[10] = -1;
        sixteen[11] = -1;
        System.arraycopy(four, 0, sixteen, 12, 4);
        return sixteen;
    }

    private long socketAddress(long address, int port) {
        return scene.heap.object(
                "java.net.InetSocketAddress",
                scene.heap.object("java.net.InetSocketAddress$InetSocketAddressHolder", address, port));
    }

    /** The pool of the worker, in whose queue lies work that has this socket. */
    private Snapshot withQueued(long socket) throws Exception {
        long node = scene.heap.object(JUC + "LinkedBlockingQueue$Node", scene.heap.object("shop.Answer", socket), 0);
        long head = scene.heap.object(JUC + "LinkedBlockingQueue$Node", 0, node);
        long queue = scene.heap.object(JUC + "LinkedBlockingQueue", head, Integer.MAX_VALUE);
        long pool = scene.heap.object(JUC + "ThreadPoolExecutor", queue, 1, 1);
        scene.heap.object(JUC + "ThreadPoolExecutor$Worker", pool, worker);
        scene.heap.type("shop.Main", "java.lang.Object", pool);
        return scene.in(folder);
    }

    private void reads(long socket) {
        scene.thread(worker, false, 0);
        scene.heap.stack(
                worker,
                List.of("sun.nio.ch.SocketDispatcher.read0", SOCKET + ".implRead", "shop.Main.ask"),
                Map.of(1, new long[] {socket}));
    }

    private static void isAnsweredByItself(Snapshot snapshot) {
        assertThat(Dumps.awaited(snapshot, "t1").kind()).isEqualTo(ResourceKind.IO);
        assertThat(Dumps.awaited(snapshot, "t1").holders().provenance()).isEqualTo(Provenance.INFERRED);
        assertThat(Dumps.awaited(snapshot, "t1").knownHolders())
                .extracting(Hold::mode)
                .containsExactly(AccessMode.WILL_RUN);
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, 127.0.0.1", "::1, ::1", "fe80::1, fe80::1", "127.0.0.1, mapped 127.0.0.1"})
    void both_ends_of_a_connection_to_itself_are_joined_by_their_address(String client, String server)
            throws Exception {
        reads(scene.heap.object(SOCKET, address(client), CLIENT_PORT, SERVER_PORT));
        isAnsweredByItself(withQueued(scene.heap.object(SOCKET, address(server), SERVER_PORT, CLIENT_PORT)));
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, ::1", "fe80::1, fe80::2", "::, ::"})
    void ends_of_two_connections_are_not_joined(String client, String server) throws Exception {
        reads(scene.heap.object(SOCKET, address(client), CLIENT_PORT, SERVER_PORT));
        Snapshot snapshot = withQueued(scene.heap.object(SOCKET, address(server), SERVER_PORT, CLIENT_PORT));
        assertThat(snapshot.tasks()).extracting(Task::waiting).containsOnlyNulls();
    }

    /** The worker waits for a future that an exchange of an HTTP client completes. */
    private long joins(long timeout, boolean selected) throws Exception {
        scene.heap
                .type(FUTURE + "$Completion", "java.lang.Object", "next")
                .type(FUTURE + "$UniApply", FUTURE + "$Completion", "dep")
                .type("java.net.http.HttpRequest", "java.lang.Object", "timeout")
                .type(HTTP + "PlainHttpConnection", "java.lang.Object", "chan")
                .type(HTTP + "Http1Exchange", "java.lang.Object", "connection", "response")
                .type(HTTP + "Exchange", "java.lang.Object", "exchImpl")
                .type(HTTP + "MultiExchange", "java.lang.Object", "userRequest", "exchange");
        long address = address("::1");
        long client =
                scene.heap.object(CHANNEL, socketAddress(address, CLIENT_PORT), socketAddress(address, SERVER_PORT));
        long awaited = scene.heap.object(FUTURE, 0, 0);
        long response = scene.heap.object(FUTURE, 0, scene.heap.object(FUTURE + "$UniApply", awaited, 0));
        long exchange = scene.heap.object(
                HTTP + "Http1Exchange", scene.heap.object(HTTP + "PlainHttpConnection", client), response);
        scene.heap.object(
                HTTP + "MultiExchange",
                scene.heap.object("java.net.http.HttpRequest", timeout),
                scene.heap.object(HTTP + "Exchange", exchange));
        long signaller = scene.heap.newId();
        scene.thread(worker, true, signaller);
        scene.heap.object(signaller, FUTURE + "$Signaller", worker);
        scene.parked(worker, FUTURE + ".join", awaited);
        if (selected) {
            scene.running(scene.newThread(false, 0), exchange); // as the client's own thread does
        }
        return scene.heap.object(CHANNEL, socketAddress(address, SERVER_PORT), socketAddress(address, CLIENT_PORT));
    }

    @Test
    void who_joins_an_answer_of_an_http_client_waits_for_the_other_end_of_its_connection() throws Exception {
        isAnsweredByItself(withQueued(joins(0, true)));
    }

    @Test
    void who_joins_an_answer_that_has_a_timeout_does_not() throws Exception {
        Snapshot snapshot = withQueued(joins(scene.heap.string("PT1S"), true));
        assertThat(Dumps.awaited(snapshot, "t1").kind()).isEqualTo(ResourceKind.FUTURE);
    }

    @Test
    void who_joins_an_answer_that_no_thread_has_any_more_waits_for_nothing_but_that() throws Exception {
        Snapshot snapshot = withQueued(joins(0, false));
        assertThat(Dumps.awaited(snapshot, "t1").kind()).isEqualTo(ResourceKind.FUTURE);
        assertThat(Dumps.awaited(snapshot, "t1").holders().provenance()).isEqualTo(Provenance.OBSERVED);
    }
}
