package dev.asyncinspect.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.event.EventLayout;
import dev.asyncinspect.core.event.Symbols;
import dev.asyncinspect.core.recording.RecordingLimits;
import dev.asyncinspect.core.recording.RecordingWriter;
import dev.asyncinspect.sources.RecordingFiles;
import dev.asyncinspect.sources.SourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever became of a recording, each command that reads it gives an answer or says in one line why it cannot. */
class DamagedRecordingTest {

    private static final List<String> COMMANDS = List.of(
            "stats FILE --detailed",
            "timeline FILE",
            "events FILE",
            "replay FILE --all",
            "why FILE",
            "leaks FILE",
            "tasks --file FILE",
            "graph --file FILE",
            "analyze FILE",
            "task T1 --file FILE",
            "timeline FILE --task T1",
            "replay FILE --at 5ms",
            "stats FILE --json");

    private static final Symbols TEXTS = symbol -> symbol < 2 ? null : "shop.Orders.step(Orders.java:" + symbol + ")";
    private static final int KINDS = 15;
    private static final int LAST = 2048;
    private static final int PLACES = 500;

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void choose() {
        file = folder.resolve("run.air");
    }

    /** The real files, and otherwise nothing of this machine. */
    private static final class RealFiles extends FakeWorld {
        @Override
        public Observations observations() {
            return Observations.real();
        }
    }

    /** As a program would write it: several blocks of events that make sense, among some that do not. */
    private byte[] written(long seed, int events) throws IOException {
        Random random = new Random(seed);
        try (RecordingWriter out = RecordingWriter.create(file, RecordingLimits.DEFAULT, TEXTS, start -> {})) {
            out.clock(0, 1_767_355_200_000_000_000L);
            long nanos = 0;
            for (int i = 0; i < events; i++) {
                nanos += random.nextInt(100_000) - (random.nextInt(20) == 0 ? 200_000 : 0);
                out.slot(head(random), nanos, id(random), random.nextInt(4) == 0 ? id(random) : random.nextInt(9));
                if (i % 50 == 49) {
                    out.flush();
                }
            }
        }
        return Files.readAllBytes(file);
    }

    /** A kind of event, kinds that do not exist among them, its flags, a count and a text. */
    private static long head(Random random) {
        long kind = random.nextInt(40) == 0 ? 99 : 1 + random.nextInt(KINDS);
        return kind << 56 | (long) random.nextInt(12) << 48 | (long) random.nextInt(8) << 32 | random.nextInt(5);
    }

    private static long id(Random random) {
        return random.nextInt(3) == 0 ? 1 + random.nextInt(4) : EventLayout.FIRST_TASK_ID + random.nextInt(30);
    }

    private void readWith(String command, String as) {
        RealFiles world = new RealFiles();
        int code = world.run(Arrays.stream(command.split(" "))
                .map(word -> word.equals("FILE") ? file.toString() : word)
                .toArray(String[]::new));
        String said = world.err.text();
        assertThat(code).as("%s of %s: %s", command, as, said).isIn(0, 1, 4);
        assertThat(said).as("%s of %s", command, as).doesNotContain("internal error", "\tat ");
        assertThat(said.lines().count()).as("%s of %s: %s", command, as, said).isLessThanOrEqualTo(1);
        if (said.isEmpty()) {
            assertThat(world.out.text()).as("%s of %s", command, as).isNotEmpty();
        }
    }

    private void read(byte[] bytes, int turn, String as) throws IOException {
        Files.write(file, bytes);
        try {
            RecordingFiles.read(file);
            RecordingFiles.totals(file, true);
            RecordingFiles.events(file, event -> {});
        } catch (SourceException e) {
            assertThat(String.valueOf(e.getMessage()).lines().count()).as(as).isEqualTo(1);
        }
        if (turn % COMMANDS.size() == turn / COMMANDS.size() % COMMANDS.size()) {
            readWith(COMMANDS.get(turn % COMMANDS.size()), as);
        }
    }

    @Test
    void cut_off_at_every_byte_of_its_end_and_at_many_places_before_it_is_a_shorter_one() throws IOException {
        byte[] whole = written(1, 800);
        assertThat(whole.length).isGreaterThan(10 * LAST);
        for (int cut = 0; cut < LAST; cut++) {
            read(Arrays.copyOf(whole, whole.length - cut), cut, cut + " bytes shorter");
        }
        Random random = new Random(2);
        for (int i = 0; i < PLACES; i++) {
            int length = random.nextInt(whole.length - LAST);
            read(Arrays.copyOf(whole, length), i, "cut at " + length);
        }
    }

    @Test
    void with_a_byte_that_was_changed_it_is_read_up_to_there() throws IOException {
        byte[] whole = written(3, 800);
        Random random = new Random(4);
        for (int i = 0; i < PLACES; i++) {
            int at = i < 64 ? i : random.nextInt(whole.length);
            byte[] changed = whole.clone();
            changed[at] ^= (byte) (1 << random.nextInt(8));
            read(changed, i, "byte " + at + " changed");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void events_that_make_no_sense_are_read_by_each_command(long seed) throws IOException {
        written(seed, 1_000);
        COMMANDS.forEach(command -> readWith(command, "events of seed " + seed));
    }
}
