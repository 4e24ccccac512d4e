package dev.asyncinspect.core.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asyncinspect.core.event.Symbols;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tells a file that was written to its end from one that was not. */
class RecordingEndTest {

    private static final Symbols NO_SYMBOLS = symbol -> null;

    @TempDir
    Path folder;

    @Test
    void a_file_that_was_closed_is_whole() throws IOException {
        assertThat(RecordingEnd.isWhole(written())).isTrue();
    }

    @Test
    void a_file_that_lacks_bytes_of_its_last_block_is_not_whole_wherever_it_is_cut() throws IOException {
        byte[] whole = Files.readAllBytes(written());
        int lastBlock = RecordingLayout.BLOCK_HEADER_BYTES + 4 * Long.BYTES;
        Path cut = folder.resolve("cut.air");
        for (int lost = 1; lost < lastBlock; lost++) {
            Files.write(cut, Arrays.copyOf(whole, whole.length - lost));
            assertThat(RecordingEnd.isWhole(cut)).as("%s bytes lost", lost).isFalse();
        }
    }

    @Test
    void a_file_without_a_block_is_not_whole() throws IOException {
        byte[] whole = Files.readAllBytes(written());
        for (int length : new int[] {0, 3, RecordingLayout.HEADER_BYTES}) {
            Path begun = Files.write(folder.resolve("begun.air"), Arrays.copyOf(whole, length));
            assertThat(RecordingEnd.isWhole(begun)).as("%s bytes", length).isFalse();
        }
    }

    @Test
    void a_file_that_is_not_there_is_told() {
        assertThatThrownBy(() -> RecordingEnd.isWhole(folder.resolve("none.air")))
                .isInstanceOf(NoSuchFileException.class);
    }

    private Path written() throws IOException {
        Path file = folder.resolve("run.air");
        try (RecordingWriter writer =
                RecordingWriter.create(file, RecordingLimits.DEFAULT, NO_SYMBOLS, nothingLives -> {})) {
            writer.clock(0, 0);
            writer.clock(1, 1);
        }
        return file;
    }
}
