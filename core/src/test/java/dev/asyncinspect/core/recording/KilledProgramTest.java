package dev.asyncinspect.core.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.core.TaskInfo;
import dev.asyncinspect.core.TaskState;
import dev.asyncinspect.core.fold.FoldLimits;
import dev.asyncinspect.core.fold.TaskFold;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledProgramTest {

    @TempDir
    private Path folder;

    @Test
    void what_a_program_wrote_before_it_was_killed_is_readable() throws Exception {
        Path path = folder.resolve("killed.air");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledProgram.class.getName(),
                        path.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(out.readLine()).isEqualTo("recording");
            while (tasks(path).isEmpty()) {
                assertThat(process.isAlive()).isTrue();
                Thread.onSpinWait();
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(tasks(path)).singleElement().satisfies(task -> {
            assertThat(task.name()).isEqualTo("left behind");
            assertThat(task.state()).isEqualTo(TaskState.RUNNING);
        });
    }

    private static List<TaskInfo> tasks(Path path) throws IOException {
        RecordingReader reader = RecordingReader.open(path);
        TaskFold fold = new TaskFold(FoldLimits.DEFAULT, reader);
        reader.forEach(fold);
        return fold.tasks(System.nanoTime()).stream()
                .filter(task -> task.state() == TaskState.RUNNING)
                .toList();
    }
}
