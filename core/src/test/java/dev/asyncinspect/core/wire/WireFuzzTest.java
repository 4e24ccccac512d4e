package dev.asyncinspect.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asyncinspect.core.rows.Row;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever arrives: messages, the end, or one WireException with one line. Anything else escapes and fails the test. */
class WireFuzzTest {

    private static byte[] valid(long seed) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        WireWriter writer = new WireWriter(bytes);
        writer.hello(Hello.ofThisRelease(1, "17", List.of("rows")));
        writer.sample(new SampleRequest(10, true, 10));
        for (Row row : new RandomRows(seed).list(60)) {
            writer.row(row);
        }
        writer.detach();
        writer.flush();
        return bytes.toByteArray();
    }

    /** Reads to the end, for both roles; tells whether an agent's stream was refused. */
    private static boolean isRefused(byte[] bytes) throws IOException {
        readAll(WireReader.ofClient(new ByteArrayInputStream(bytes)));
        return readAll(WireReader.ofAgent(new ByteArrayInputStream(bytes)));
    }

    private static boolean readAll(WireReader reader) throws IOException {
        try {
            Collected collected = new Collected();
            while (reader.read(collected)) {
                collected.messages.clear();
            }
            return false;
        } catch (WireException e) {
            assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
            return true;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void random_bytes_never_escape_the_reader(long seed) throws IOException {
        Random random = new Random(seed);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            refused += isRefused(bytes) ? 1 : 0;
        }
        assertThat(refused).isGreaterThan(10_000);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void flipped_bits_never_escape_the_reader(long seed) throws IOException {
        byte[] valid = valid(seed);
        Random random = new Random(seed);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = valid.clone();
            int flips = 1 + random.nextInt(4);
            for (int f = 0; f < flips; f++) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            refused += isRefused(bytes) ? 1 : 0;
        }
        assertThat(refused).isPositive();
    }

    @Test
    void a_stream_cut_anywhere_is_refused_or_ends_between_two_frames() throws IOException {
        byte[] valid = valid(9);
        int whole = 0;
        for (int length = 0; length < valid.length; length++) {
            whole += isRefused(Arrays.copyOf(valid, length)) ? 0 : 1;
        }
        assertThat(isRefused(valid)).isFalse();
        assertThat(whole).as("cuts between two frames").isBetween(60, valid.length / 4);
    }

    @Test
    void a_frame_cut_short_inside_is_refused() throws IOException {
        byte[] frame = {2, WireLayout.BEGIN, (byte) 0x80};

        assertThatThrownBy(() -> Collected.from(frame))
                .isInstanceOf(WireException.class)
                .hasMessage("a frame ends inside a field");
    }
}
