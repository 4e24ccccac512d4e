package dev.asyncinspect.cli.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RpcStreamsTest {

    private static final int MOST = 1000;
    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";

    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

    private RpcStreams streams(String input, Duration patience) {
        return new RpcStreams(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), sent, MOST, patience);
    }

    private String read(String input) throws IOException {
        return new String(streams(input, Duration.ZERO).input().readAllBytes(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                PING,
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"tools/call\",\"params\":{\"name\":\"ü\"}}",
                "{\"jsonrpc\":\"2.0\",\"id\":3,\"result\":{}}",
                "{\"jsonrpc\":\"2.0\",\"id\":3,\"error\":{\"code\":1,\"message\":\"no\"}}"
            })
    void a_message_gets_through_as_it_is(String line) throws IOException {
        assertThat(read(line + "\n")).isEqualTo(line + "\n");
        assertThat(read(line)).isEqualTo(line + "\n");
        assertThat(sent.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "garbage",
                "{\"jsonrpc\":\"2.0\",\"id\":1,",
                "[]",
                "3",
                "{}",
                "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":7}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":[1]}",
                "{\"jsonrpc\":\"2.0\",\"id\":1}",
                "{\"jsonrpc\":\"2.0\",\"result\":{}}",
                "\u0000\u0001\u0002"
            })
    void anything_else_is_answered_with_one_error_and_what_follows_gets_through(String line) throws IOException {
        assertThat(read(line + "\n" + PING + "\n")).isEqualTo(PING + "\n");
        assertThat(sent.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .asString()
                .startsWith("{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32")
                .contains("\"message\":\"");
    }

    @Test
    void a_line_without_end_is_refused_without_being_kept() throws IOException {
        assertThat(read("x".repeat(10_000_000) + "\n" + PING)).isEqualTo(PING + "\n");
        assertThat(sent.toString(StandardCharsets.UTF_8)).contains("a message of more than 1000 bytes");
    }

    @Test
    void empty_lines_are_passed_over() throws IOException {
        assertThat(read("\n  \r\n" + PING + "\r\n")).isEqualToNormalizingNewlines(PING + "\n");
        assertThat(sent.size()).isZero();
    }

    @Test
    void the_end_is_kept_back_until_all_is_answered() throws Exception {
        RpcStreams streams = streams(PING + "\n" + PING, Duration.ofMinutes(1));
        Thread server = new Thread(() -> {
            try {
                streams.input().readAllBytes();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        server.start();
        String answer = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}\n";
        streams.output().write(answer.getBytes(StandardCharsets.UTF_8));
        streams.output().write("{\"jsonrpc\":\"2.0\",\"method\":\"n\"}\n".getBytes(StandardCharsets.UTF_8));
        while (server.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        streams.output().write(answer.getBytes(StandardCharsets.UTF_8));
        streams.awaitEnd();
        server.join();
        assertThat(sent.toString(StandardCharsets.UTF_8).lines()).hasSize(3);
    }
}
