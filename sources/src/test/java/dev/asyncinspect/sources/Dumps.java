package dev.asyncinspect.sources;

import dev.asyncinspect.model.Hold;
import dev.asyncinspect.model.Resource;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.Wait;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Dumps for tests, and short questions about what was read. */
final class Dumps {

    private Dumps() {}

    static String text(String resource) {
        try (InputStream stream = Dumps.class.getResourceAsStream("/dumps/" + resource)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static Snapshot read(String text) {
        try {
            var histories = DumpFiles.read(stream(text), "test", new AwaitSites(ClassFiles.none()));
            return histories.get(0).latest();
        } catch (SourceException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    static Task task(Snapshot snapshot, String name) {
        return snapshot.tasks().stream()
                .filter(task -> task.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no task '" + name + "' in " + snapshot.tasks()));
    }

    /** What a task waits for. */
    static Resource awaited(Snapshot snapshot, String name) {
        Wait wait = task(snapshot, name).waiting();
        if (wait == null) {
            throw new AssertionError("'" + name + "' does not wait");
        }
        return snapshot.resource(wait.resourceId());
    }

    /** The names of the tasks that hold what a task waits for. */
    static List<String> holders(Snapshot snapshot, String name) {
        return awaited(snapshot, name).knownHolders().stream()
                .map(Hold::taskId)
                .map(id -> snapshot.task(id).name())
                .toList();
    }
}
