package dev.asyncinspect.core.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.event.Event;
import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.core.event.EventCollector;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recording of version 1, byte by byte: what was kept once is read for ever. */
class RecordingV1Test {

    private static final Path GOLDEN = Path.of("src/test/golden/recording-v1.txt");

    /** Where the number of the recording stands, which is another one each time. */
    private static final int ID_BLOCK = RecordingLayout.HEADER_BYTES;

    private static final List<Event> EVENTS = List.of(
            new Event.Created(1, 31, EventCodes.VIRTUAL_THREAD, 2, 1),
            new Event.Point(2, 31, 3, 4),
            new Event.Clock(3, 1_767_225_600_000_000_000L));

    @TempDir
    private Path folder;

    @Test
    void a_recording_is_written_as_in_version_1() throws IOException {
        Path path = folder.resolve("a.air");
        try (RecordingWriter writer = RecordingWriter.create(
                path,
                RecordingLimits.DEFAULT,
                symbol -> symbol == 0 ? null : "täxt " + symbol,
                to -> to.named(0, 1, 5, 1))) {
            EVENTS.forEach(event -> event.handTo(writer));
        }
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path));
        int idAt = ID_BLOCK + RecordingLayout.BLOCK_HEADER_BYTES;
        bytes.putLong(idAt, 0).putInt(idAt - Integer.BYTES, 0);
        String actual = HexFormat.of().formatHex(bytes.array()).replaceAll("(.{96})", "$1\n") + "\n";
        if (Boolean.getBoolean("golden.rewrite")) {
            Files.createDirectories(GOLDEN.getParent());
            Files.writeString(GOLDEN, actual);
        }

        assertThat(actual).as("%s", GOLDEN).isEqualTo(Files.readString(GOLDEN));
    }

    @Test
    void a_recording_of_version_1_is_read_as_what_it_was() throws IOException {
        byte[] golden = HexFormat.of().parseHex(Files.readString(GOLDEN).replace("\n", ""));
        Path path = Files.write(folder.resolve("old.air"), withRightChecksumOfItsId(golden));
        RecordingReader reader = RecordingReader.open(path);
        List<Event> events = new ArrayList<>();
        reader.forEach(new EventCollector(events::add));

        assertThat(events).startsWith(new Event.Named(0, 1, 5, 1)).endsWith(EVENTS.toArray(Event[]::new));
        assertThat(reader.text(3)).isEqualTo("täxt 3");
        assertThat(reader.text(4)).as("the message of a point").isEqualTo("täxt 4");
        assertThat(reader.tornBytes()).isZero();
    }

    private static byte[] withRightChecksumOfItsId(byte[] bytes) {
        int idAt = ID_BLOCK + RecordingLayout.BLOCK_HEADER_BYTES;
        CRC32 crc = new CRC32();
        crc.update(bytes, idAt, Long.BYTES);
        ByteBuffer.wrap(bytes).putInt(idAt - Integer.BYTES, (int) crc.getValue());
        return bytes;
    }
}
