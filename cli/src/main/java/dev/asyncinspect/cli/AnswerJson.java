package dev.asyncinspect.cli;

import dev.asyncinspect.model.Completeness;
import dev.asyncinspect.model.Gap;
import dev.asyncinspect.model.History;
import dev.asyncinspect.model.SnapshotJson;
import dev.asyncinspect.model.ThreadAttributes;
import java.io.PrintStream;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** The JSON form of an answer about JVMs: what was seen of each, and what is wrong with it if that was asked. */
final class AnswerJson {

    private final PrintStream out;
    private final String command;
    private final String version;

    AnswerJson(PrintStream out, String command, String version) {
        this.out = out;
        this.command = command;
        this.version = version;
    }

    /** Prints one object. */
    void print(ExitCode exitCode, List<Observed> targets) {
        JsonOutput.print(out, command, version, exitCode, json -> {
            json.writeName("targets");
            json.writeStartArray();
            targets.forEach(target -> target(json, target));
            json.writeEndArray();
        });
    }

    private static void target(JsonGenerator json, Observed target) {
        json.writeStartObject();
        json.writeStringProperty("target", target.shown().source().description());
        json.writeNumberProperty("samples", target.history().snapshots().size());
        if (target.findings() != null) {
            new FindingJson(json, target.shown(), target.before()).write(target.findings());
        }
        if (target.tasksLeftOut() > 0) {
            json.writeNumberProperty("tasksLeftOut", target.tasksLeftOut());
        }
        coverage(json, target.history());
        json.writeName("snapshot");
        SnapshotJson.write(target.shown(), json);
        json.writeEndObject();
    }

    private static void coverage(JsonGenerator json, History history) {
        Completeness completeness = history.latest().completeness();
        json.writeName("coverage");
        json.writeStartObject();
        json.writeStringProperty("text", CoverageText.of(history));
        json.writeNumberProperty("threadsSeen", completeness.threadsSeen());
        if (completeness.threadsTotal() != ThreadAttributes.NONE) {
            json.writeNumberProperty("threadsTotal", completeness.threadsTotal());
        }
        json.writeBooleanProperty("truncated", completeness.truncated());
        json.writeNumberProperty("droppedEvents", completeness.droppedEvents());
        json.writeName("notSeen");
        json.writeStartArray();
        for (Gap gap : completeness.gaps()) {
            json.writeStartObject();
            json.writeStringProperty("what", gap.what());
            json.writeStringProperty("remedy", gap.remedy());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
