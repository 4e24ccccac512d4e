package dev.asyncinspect.cli;

import dev.asyncinspect.analysis.Finding;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.Wait;
import dev.asyncinspect.sources.JvmProcess;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A finding that appeared while a JVM was watched.
 *
 * @param at when it was seen
 * @param jvm where
 * @param snapshot what its ids refer to
 * @param finding what is wrong
 * @param evidence the folder that keeps what was seen, null if none was asked for or it could not be written
 */
record WatchEvent(
        Instant at,
        JvmProcess jvm,
        Snapshot snapshot,
        Finding finding,
        @Nullable Path evidence) {

    /** What makes two sightings the same: the JVM, the kind, and where the tasks wait; other tasks at the same places do not. */
    record Key(long pid, String kind, Set<String> places) {

        static Key of(JvmProcess jvm, Snapshot snapshot, Finding finding) {
            Set<String> places = new TreeSet<>();
            for (long id : finding.tasks()) {
                Task task = snapshot.task(id);
                Wait wait = task == null ? null : task.waiting();
                if (wait != null) {
                    places.add(wait.site().frame().place());
                }
            }
            return new Key(jvm.pid(), finding.kind().id(), places);
        }
    }

    /** In one line. */
    String text() {
        return Labels.program(jvm) + " (process " + jvm.pid() + "): "
                + finding.kind().id() + " " + finding.confidence() + ": " + finding.sentence();
    }

    /** For commands, in their environment. */
    Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("ASYNC_INSPECT_PID", String.valueOf(jvm.pid()));
        variables.put("ASYNC_INSPECT_PROGRAM", Labels.program(jvm));
        variables.put("ASYNC_INSPECT_KIND", finding.kind().id());
        variables.put("ASYNC_INSPECT_CONFIDENCE", finding.confidence().name());
        variables.put("ASYNC_INSPECT_TEXT", text());
        variables.put("ASYNC_INSPECT_EVIDENCE", Objects.toString(evidence, ""));
        return variables;
    }

    /** One line of JSON, by the schema of all answers. */
    String json(String version) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
            JsonOutput.print(out, "watch", version, ExitCode.FINDINGS, json -> {
                json.writeStringProperty("at", at.toString());
                json.writeStringProperty("text", text());
                json.writeName("jvm");
                // Without the arguments of the program: they may hold secrets, and this may leave the machine.
                ListCommand.write(jvm.withoutArguments(), json);
                JsonOutput.optional(json, "evidence", evidence == null ? null : evidence.toString());
                new FindingJson(json, snapshot).write(List.of(finding));
            });
        }
        return bytes.toString(StandardCharsets.UTF_8).strip();
    }
}
