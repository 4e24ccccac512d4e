package dev.asyncinspect.sources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.core.event.EventLayout;
import dev.asyncinspect.core.event.Symbols;
import dev.asyncinspect.core.recording.RecordingLimits;
import dev.asyncinspect.model.Recording;
import dev.asyncinspect.model.TaskState;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of a recording that is written here of events that came over the link. */
class KeptFileTest {

    private static final long TASK = EventLayout.FIRST_TASK_ID;
    private static final long HOUR = 3_600_000_000_000L;
    private static final Symbols TEXTS = symbol -> symbol == 0 ? null : "text " + symbol;

    @TempDir
    Path folder;

    @Test
    void recording_ofAMachineThatIsUpForAnHour_isAsLongAsItTook() throws Exception {
        Path path = folder.resolve("a.air");
        try (KeptFile file = new KeptFile(path, TEXTS)) {
            file.created(HOUR, TASK, EventCodes.EXECUTOR_TASK, 1, 0);
            file.pollStart(HOUR + 5, TASK, 31);
            file.ended(HOUR + 9, TASK, EventCodes.COMPLETED, 0);
            assertThat(file.events()).isEqualTo(3);
        }
        Recording recording = RecordingFiles.read(path);

        assertThat(recording.lengthNanos()).isEqualTo(9);
        assertThat(recording.events()).isEqualTo(3);
        assertThat(recording.task(TASK)).isNotNull();
    }

    @Test
    void taskThatLives_whenAFileIsFull_isInTheNextOneToo() throws Exception {
        Path path = folder.resolve("a.air");
        try (KeptFile file = new KeptFile(path, new RecordingLimits(1 << 16, 4), TEXTS)) {
            file.created(HOUR, TASK, EventCodes.EXECUTOR_TASK, 1, 0);
            file.pollStart(HOUR + 1, TASK, 31);
            for (int i = 0; Files.notExists(folder.resolve("a.air.1")); i++) {
                file.point(HOUR + 2 + i, TASK, 2, 0);
            }
        }
        Files.delete(folder.resolve("a.air.1"));
        Recording newest = RecordingFiles.read(path);

        assertThat(newest.task(TASK)).isNotNull();
        assertThat(newest.task(TASK).state()).isEqualTo(TaskState.RUNNING);
    }
}
