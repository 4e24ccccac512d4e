package dev.asyncinspect.cli.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RpcStreamsTest {

    private static final int MOST = 1000;
    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";

    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

    private RpcStreams streams(String input) {
        return new RpcStreams(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), sent, MOST);
    }

    /** The messages that get through, one a line. */
    private String read(String input) throws IOException {
        RpcStreams streams = streams(input);
        StringBuilder messages = new StringBuilder();
        for (String message = streams.next(); message != null; message = streams.next()) {
            messages.append(message).append('\n');
        }
        return messages.toString();
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
        assertThat(read("\n  \r\n" + PING + "\r\n")).isEqualTo(PING + "\n");
        assertThat(sent.size()).isZero();
    }

    @Test
    void what_was_asked_is_waited_for() throws Exception {
        RpcStreams streams = streams("");
        streams.asked();
        streams.asked();
        streams.answer("{}");
        streams.send("{\"a\":\"notification, which answers nothing\"}");
        CountDownLatch over = new CountDownLatch(1);
        Thread server = new Thread(() -> {
            try {
                streams.awaitAnswers(Duration.ofMinutes(1));
                over.countDown();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
        while (server.getState() != Thread.State.TIMED_WAITING) {
            assertThat(server.isAlive()).isTrue();
        }
        assertThat(over.getCount()).isOne();
        streams.answer("{}");
        server.join();
        assertThat(over.getCount()).isZero();
        assertThat(sent.toString(StandardCharsets.UTF_8).lines()).hasSize(3);
    }

    @Test
    void what_is_never_answered_is_not_waited_for_longer_than_there_is_patience() throws Exception {
        RpcStreams streams = streams("");
        streams.asked();
        streams.awaitAnswers(Duration.ofMillis(1));
        assertThat(sent.size()).isZero();
    }

    @Test
    void an_answer_that_cannot_be_written_is_not_waited_for() throws Exception {
        OutputStream closed = OutputStream.nullOutputStream();
        closed.close();
        RpcStreams streams = new RpcStreams(InputStream.nullInputStream(), closed, MOST);
        streams.asked();
        assertThatThrownBy(() -> streams.answer("{}")).isInstanceOf(IOException.class);
        streams.awaitAnswers(Duration.ofDays(1));
    }
}
