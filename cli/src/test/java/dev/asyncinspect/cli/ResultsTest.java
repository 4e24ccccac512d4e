package dev.asyncinspect.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.model.Film;
import dev.asyncinspect.model.RecordedEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ResultsTest {

    private final FakeWorld world = new FakeWorld();

    /** Takes nothing. */
    private static Results broken(String why) {
        return Results.to(new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException(why);
            }
        });
    }

    @Test
    void an_answer_on_a_full_disk_is_told_to_be_lost() {
        Results out = broken("No space left on device");
        out.println("an answer");

        assertThat(Cli.delivered(1, out, world.err.stream())).isEqualTo(4);
        assertThat(world.err.text())
                .isEqualTo("async-inspect: the answer could not be written: No space left on device\n");
    }

    @Test
    void a_reader_that_has_gone_away_is_no_error() {
        Results out = broken("Broken pipe");
        out.println("an answer");

        assertThat(Cli.delivered(1, out, world.err.stream())).isEqualTo(1);
        assertThat(world.err.text()).isEmpty();
    }

    @Test
    void an_answer_that_arrives_is_whole_and_ends_with_its_own_code() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Results out = Results.to(bytes);
        out.println("✓ an answer");

        assertThat(Cli.delivered(0, out, world.err.stream())).isZero();
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("✓ an answer\n");
    }

    @Test
    void events_that_nobody_reads_any_longer_come_to_an_end() {
        int[] asked = {0};
        world.recording = until -> new Film().at(0).created("a", "").recording();
        world.totals = new Film().at(0).created("a", "")::totals;
        for (int i = 0; i < 100; i++) {
            world.events.add(new RecordedEvent(i, RecordedEvent.Kind.CREATED, 12, 1, "manual, at x"));
        }
        Results out = Results.to(new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                asked[0]++;
                throw new IOException("Broken pipe");
            }
        });

        assertThat(Cli.run(new String[] {"events", "run.air", "--follow"}, out, world.err.stream(), world))
                .isZero();
        assertThat(asked[0]).as("tries to write").isLessThan(5);
        assertThat(world.err.text()).isEmpty();
    }
}
