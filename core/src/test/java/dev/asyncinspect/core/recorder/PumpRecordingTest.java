package dev.asyncinspect.core.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.TaskInfo;
import dev.asyncinspect.core.TaskState;
import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.core.fold.FoldLimits;
import dev.asyncinspect.core.fold.TaskFold;
import dev.asyncinspect.core.recording.RecordingLimits;
import dev.asyncinspect.core.recording.RecordingReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PumpRecordingTest {

    @TempDir
    private Path folder;

    @Test
    void a_recording_folds_into_the_same_tasks_as_the_running_program() throws IOException {
        Recorder recorder = new Recorder(2, 64);
        recorder.turn(true);
        Pump pump = new Pump(recorder, FoldLimits.DEFAULT, 1 << 20);
        long thread = ThreadIds.current();
        long before = recorder.newTaskId();
        recorder.created(recorder.now(), before, EventCodes.MANUAL, recorder.symbol("Here.java:1"), 0);
        recorder.named(recorder.now(), before, recorder.symbol("before"), 0);
        recorder.pollStart(recorder.now(), before, thread);
        Path path = folder.resolve("a.air");
        long during;
        try (Recording recording = pump.record(path, RecordingLimits.DEFAULT)) {
            during = recorder.newTaskId();
            recorder.created(recorder.now(), during, EventCodes.MANUAL, 0, thread);
            recorder.pollStart(recorder.now(), during, thread);
            recorder.awaitStart(
                    recorder.now(), thread, EventCodes.AWAIT_ENDS_POLL, recorder.symbol("load::await#1"), 0);
            assertThat(recording.problem()).isNull();
        }

        RecordingReader reader = RecordingReader.open(path);
        TaskFold fold = new TaskFold(FoldLimits.DEFAULT, reader);
        reader.forEach(fold);

        long now = recorder.now();
        TaskInfo old = Objects.requireNonNull(fold.task(before, now));
        assertThat(old.name()).isEqualTo("before");
        assertThat(old.site()).isEqualTo("Here.java:1");
        assertThat(old.state()).isEqualTo(TaskState.RUNNING);
        assertThat(old.incomplete()).as("it lived before the recording").isTrue();
        TaskInfo young = Objects.requireNonNull(fold.task(during, now));
        TaskInfo live = Objects.requireNonNull(pump.task(during));
        assertThat(young.parentId()).isEqualTo(before);
        assertThat(young.state()).isEqualTo(TaskState.BLOCKED);
        assertThat(young.await()).isEqualTo(live.await()).isNotNull();
        assertThat(young.incomplete()).isFalse();
        assertThat(young.runningNanos()).isEqualTo(live.runningNanos());
        assertThat(fold.epochNanos(now) / 1_000_000_000)
                .isBetween(System.currentTimeMillis() / 1_000 - 60, System.currentTimeMillis() / 1_000 + 1);
    }
}
