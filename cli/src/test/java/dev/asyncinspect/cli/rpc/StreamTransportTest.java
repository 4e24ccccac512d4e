package dev.asyncinspect.cli.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import io.modelcontextprotocol.server.McpNotificationHandler;
import io.modelcontextprotocol.server.McpRequestHandler;
import io.modelcontextprotocol.spec.McpServerSession;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** A session of the SDK over streams, with handlers that do what ours should never do. */
class StreamTransportTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String READY = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";

    private final Queue<String> said = new ConcurrentLinkedQueue<>();

    /** Somebody whose answers cannot be taken yet. */
    private final CountDownLatch taken = new CountDownLatch(1);

    private final CompletableFuture<String> late = new CompletableFuture<>();

    private final Map<String, McpRequestHandler<?>> requests = Map.of(
            "echo", (exchange, asked) -> Mono.just(Map.of("said", "hello")),
            "late", (exchange, asked) -> Mono.fromFuture(late),
            "never", (exchange, asked) -> Mono.never(),
            "broken", (exchange, asked) -> Mono.just(new Unwritable()));

    private final Map<String, McpNotificationHandler> notifications =
            Map.of("bad", (exchange, told) -> Mono.error(new IllegalStateException("nobody is there")));

    /** What nothing can turn into JSON. */
    static final class Unwritable {

        public String getName() {
            throw new IllegalStateException("no name");
        }
    }

    private static String ask(int id, String method) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\"}";
    }

    private static String tell(String method) {
        return "{\"jsonrpc\":\"2.0\",\"method\":\"" + method + "\"}";
    }

    /** All that is sent until the input has ended and the patience with it. */
    private List<String> answers(Duration patience, String... lines) throws Exception {
        String text = Stream.concat(Stream.of(READY), Stream.of(lines)).collect(Collectors.joining("\n"));
        InputStream source = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public synchronized int read() {
                int octet = super.read();
                if (octet < 0) {
                    taken.countDown();
                    late.completeAsync(() -> "at last");
                }
                return octet;
            }

            @Override
            public synchronized int read(byte[] octets, int offset, int length) {
                throw new UnsupportedOperationException("lines are read octet by octet");
            }
        };
        ByteArrayOutputStream sink = new ByteArrayOutputStream() {
            @Override
            public synchronized void write(int octet) {
                try {
                    assertThat(taken.await(1, TimeUnit.MINUTES)).isTrue();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                super.write(octet);
            }
        };
        StreamTransport transport =
                new StreamTransport(new JacksonMcpJsonMapper(new JsonMapper()), source, sink, 1000, said::add);
        transport.setSessionFactory(answers -> new McpServerSession(
                "session",
                PATIENCE,
                answers,
                wish -> Mono.error(new IllegalStateException("nobody says hello here")),
                requests,
                notifications));
        transport.serve(patience);
        return sink.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void a_notification_that_fails_is_told_and_ends_nothing() throws Exception {
        assertThat(answers(PATIENCE, tell("bad"), ask(1, "echo")))
                .containsExactly("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"said\":\"hello\"}}");
        assertThat(said).containsExactly("a message was passed over: nobody is there");
    }

    @Test
    void an_answer_that_cannot_be_written_as_json_is_an_error_and_ends_nothing() throws Exception {
        List<String> answers = answers(PATIENCE, ask(1, "broken"), ask(2, "echo"));
        assertThat(answers).hasSize(2);
        assertThat(answers.get(0)).contains("\"id\":1,\"error\":{\"code\":-32603,\"message\":\"");
        assertThat(answers.get(1)).contains("\"id\":2,\"result\"");
    }

    @Test
    void who_asks_much_before_he_takes_an_answer_is_read_to_the_end() throws Exception {
        String[] many = Stream.iterate(1, id -> id + 1)
                .limit(1000)
                .map(id -> ask(id, "echo"))
                .toArray(String[]::new);
        assertThat(answers(PATIENCE, many)).hasSize(1000);
    }

    @Test
    void what_is_under_way_when_the_input_ends_is_answered() throws Exception {
        assertThat(answers(PATIENCE, ask(1, "late")))
                .containsExactly("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"at last\"}");
    }

    @Test
    void what_is_never_answered_does_not_keep_the_server() throws Exception {
        assertThat(answers(Duration.ofMillis(1), ask(1, "never"))).isEmpty();
    }

    @Test
    void what_nobody_knows_is_an_error() throws Exception {
        assertThat(answers(PATIENCE, tell("unheard-of"), ask(1, "unheard-of")))
                .singleElement()
                .asString()
                .contains("\"id\":1,\"error\":{\"code\":-32601");
    }
}
