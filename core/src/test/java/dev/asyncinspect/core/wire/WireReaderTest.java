package dev.asyncinspect.core.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asyncinspect.core.rows.Row;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class WireReaderTest {

    private final WireBuffer stream = new WireBuffer();
    private final WireBuffer body = new WireBuffer();

    @Test
    void an_unknown_message_is_passed_over_and_counted() throws IOException {
        body.text("from the future", 100);
        Frames.append(200, body, stream);
        Frames.append(WireLayout.DETACH, body, stream);
        WireReader reader = WireReader.ofAgent(input());
        Collected collected = new Collected();

        assertThat(reader.read(collected)).isTrue();

        assertThat(collected.messages).containsExactly("detach");
        assertThat(reader.skippedMessages()).isEqualTo(1);
    }

    @Test
    void fields_appended_by_a_newer_writer_are_passed_over() throws IOException {
        body.int32(7);
        body.signed(1_000);
        body.text("appended", 100);
        Frames.append(WireLayout.BEGIN, body, stream);

        assertThat(Collected.from(bytes())).containsExactly(new Row.Begin(7, 1_000));
    }

    @Test
    void a_newer_agent_says_which_release_it_needs() {
        body.unsigned(WireLayout.MAGIC);
        body.int32(9);
        body.text("3.2.1", 100);
        Frames.append(WireLayout.HELLO, body, stream);

        assertThatThrownBy(() -> WireReader.ofAgent(input()).readHello())
                .isInstanceOf(WireException.class)
                .hasMessage("the agent is of async-inspect 3.2.1 and speaks wire version 9, we speak 1:"
                        + " use async-inspect 3.2.1");
    }

    @Test
    void an_agent_that_hangs_up_at_once_has_no_hello() throws IOException {
        assertThat(WireReader.ofAgent(input()).readHello()).isNull();
    }

    @Test
    void another_protocol_is_no_agent() {
        byte[] http = "\nHTTP/1.1 200 OK\r\n\r\n".getBytes(UTF_8);

        assertRefused(() -> WireReader.ofAgent(new ByteArrayInputStream(http)).readHello())
                .hasMessage("the other side is no async-inspect agent");
    }

    @Test
    void a_hello_without_our_letters_is_no_agent() {
        body.unsigned(42);
        Frames.append(WireLayout.HELLO, body, stream);

        assertRefused(() -> WireReader.ofAgent(input()).readHello())
                .hasMessage("the other side is no async-inspect agent");
    }

    @Test
    void an_oversized_frame_is_refused_before_it_is_read() {
        stream.unsigned(Integer.MAX_VALUE);

        assertRefused(() -> Collected.from(bytes())).hasMessage("a frame of 2147483647 octets, limit 65536");
    }

    @Test
    void an_empty_frame_is_refused() {
        stream.unsigned(0);

        assertRefused(() -> Collected.from(bytes())).hasMessage("a frame of 0 octets, limit 65536");
    }

    @Test
    void a_text_longer_than_its_frame_is_refused() {
        body.unsigned(1_000);
        Frames.append(WireLayout.PROBLEM, body, stream);

        assertRefused(() -> Collected.from(bytes()))
                .hasMessageContaining("a text of 1000 octets in a frame with 0 left");
    }

    @Test
    void a_stack_announced_deeper_than_its_frame_is_refused() {
        body.int32(1);
        body.unsigned(1_000);
        Frames.append(WireLayout.STACK, body, stream);

        assertRefused(() -> Collected.from(bytes())).hasMessageContaining("announces 1000 elements in 0 octets");
    }

    @Test
    void a_symbol_that_was_never_defined_is_refused() {
        body.int32(1);
        body.unsigned(1);
        Frames.append(WireLayout.OBJECT, body, stream);

        assertRefused(() -> Collected.from(bytes())).hasMessage("symbol 1 of 0 that were defined");
    }

    @Test
    void forgotten_symbols_are_gone() {
        body.bareText("java.lang.Object", 100);
        Frames.append(WireLayout.SYMBOL, body, stream);
        Frames.append(WireLayout.FORGET, body, stream);
        body.int32(1);
        body.unsigned(1);
        Frames.append(WireLayout.OBJECT, body, stream);

        assertRefused(() -> Collected.from(bytes())).hasMessage("symbol 1 of 0 that were defined");
    }

    @Test
    void a_client_cannot_fill_the_symbols_of_an_agent() {
        body.bareText("x", 100);
        Frames.append(WireLayout.SYMBOL, body, stream);

        assertRefused(() -> WireReader.ofClient(input()).read(new Collected())).hasMessage("more than 0 symbols");
    }

    @Test
    void an_order_is_small() {
        stream.unsigned(WireLayout.MAX_ORDER_FRAME_BYTES + 1);

        assertRefused(() -> WireReader.ofClient(input()).read(new Collected()))
                .hasMessage("a frame of 1025 octets, limit 1024");
    }

    @Test
    void a_senseless_order_is_refused() {
        body.int32(0);
        body.octet(0);
        body.int32(10);
        Frames.append(WireLayout.SAMPLE, body, stream);

        assertRefused(() -> WireReader.ofClient(input()).read(new Collected()))
                .hasMessage("a sample is asked for whose maxRows must be at least 1: 0");
    }

    @Test
    void the_release_is_written_into_the_jar() {
        assertThat(Hello.ofThisRelease(1, "17", List.of()).release()).matches("\\d+\\.\\d+\\.\\d+(-.+)?");
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(ThrowingCallable reading) {
        return assertThatThrownBy(reading).isInstanceOf(WireException.class);
    }

    private ByteArrayInputStream input() {
        return new ByteArrayInputStream(bytes());
    }

    private byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            stream.writeTo(bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }
}
