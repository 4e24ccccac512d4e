package dev.asyncinspect.cli.rpc;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpServerSession;
import io.modelcontextprotocol.spec.McpServerTransport;
import io.modelcontextprotocol.spec.McpServerTransportProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** What joins a server of the Model Context Protocol to a pair of streams, for as long as the first of them lasts. */
public final class StreamTransport implements McpServerTransportProvider {

    /*
     * The transport of the SDK ends for good, without a word and without reading on, at the first message that it cannot make out,
     * at the first failure of a handler, and when two answers are ready at once and the thread that hands in the first is not
     * scheduled for 100 ms. Whoever started it then waits for ever. So the caller's own thread reads here, nothing but
     * the end of the input ends it, and what goes wrong with one message is told to who sent that.
     *
     *   caller     next() ─► session.handle ─┬─► threads of the SDK (tools) ─┐
     *                                        └─► at once (ping, list) ───────┴─► queue ─► writer ─► sink
     *
     * Answers are written by a thread of their own: somebody who asks a lot before he reads must not keep us from reading him.
     */

    private static final int PARSE_ERROR = -32700;
    private static final int INTERNAL_ERROR = -32603;

    private final McpJsonMapper mapper;
    private final RpcStreams streams;
    private final Consumer<String> say;
    private final ExecutorService writer = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "async-inspect-answers");
        thread.setDaemon(true);
        return thread;
    });

    /** Set by the server, as it is built, before anything is read. */
    private @Nullable McpServerSession session;

    /**
     * A transport.
     *
     * @param source where messages come from, one a line
     * @param sink where they go, one a line
     * @param mostBytes longer lines are refused
     * @param say hears what nobody else can be told
     */
    public StreamTransport(
            McpJsonMapper mapper, InputStream source, OutputStream sink, int mostBytes, Consumer<String> say) {
        this.mapper = mapper;
        this.streams = new RpcStreams(source, sink, mostBytes);
        this.say = say;
    }

    /**
     * Reads until the input ends, and waits for what was asked by then.
     *
     * @param patience how long answers may take once nobody asks any more
     */
    public void serve(Duration patience) throws IOException, InterruptedException {
        try {
            for (String line = streams.next(); line != null; line = streams.next()) {
                handle(line);
            }
            streams.awaitAnswers(patience);
        } finally {
            writer.shutdown();
        }
    }

    private void handle(String line) throws IOException {
        McpSchema.JSONRPCMessage message;
        try {
            message = McpSchema.deserializeJsonRpcMessage(mapper, line);
        } catch (IOException | RuntimeException e) {
            streams.refuse(PARSE_ERROR, "not a message of the protocol: " + line(e));
            return;
        }
        if (message instanceof McpSchema.JSONRPCRequest) {
            streams.asked();
        }
        McpServerSession server = session;
        if (server == null) {
            throw new IllegalStateException("serve before there is a server");
        }
        server.handle(message).subscribe(nothing -> {}, failure -> failed(message, failure));
    }

    private void failed(McpSchema.JSONRPCMessage message, Throwable failure) {
        if (message instanceof McpSchema.JSONRPCRequest request) {
            enqueue(McpSchema.JSONRPCResponse.error(
                    request.id(), new McpSchema.JSONRPCResponse.JSONRPCError(INTERNAL_ERROR, line(failure))));
        } else {
            say.accept("a message was passed over: " + line(failure));
        }
    }

    /** Fails here and now if it cannot be written as JSON. */
    private void enqueue(McpSchema.JSONRPCMessage message) {
        String json;
        try {
            json = mapper.writeValueAsString(message);
        } catch (IOException e) {
            throw new IllegalStateException(line(e), e);
        }
        writer.execute(() -> write(message, json));
    }

    private void write(McpSchema.JSONRPCMessage message, String json) {
        try {
            if (message instanceof McpSchema.JSONRPCResponse) {
                streams.answer(json);
            } else {
                streams.send(json);
            }
        } catch (IOException e) {
            say.accept("an answer could not be written: " + line(e));
        }
    }

    private static String line(Throwable failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }

    @Override
    public void setSessionFactory(McpServerSession.Factory factory) {
        session = factory.create(new Answers());
    }

    @Override
    public Mono<Void> notifyClients(String method, Object params) {
        McpServerSession server = session;
        return server == null ? Mono.empty() : server.sendNotification(method, params);
    }

    @Override
    public Mono<Void> closeGracefully() {
        return Mono.empty();
    }

    /** What the server sends. */
    private final class Answers implements McpServerTransport {

        @Override
        public Mono<Void> sendMessage(McpSchema.JSONRPCMessage message) {
            return Mono.fromRunnable(() -> enqueue(message));
        }

        @Override
        public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
            return mapper.convertValue(data, type);
        }

        @Override
        public Mono<Void> closeGracefully() {
            return Mono.empty();
        }
    }
}
