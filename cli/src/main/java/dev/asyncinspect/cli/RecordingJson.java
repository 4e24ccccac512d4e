package dev.asyncinspect.cli;

import dev.asyncinspect.model.Await;
import dev.asyncinspect.model.CodeSite;
import dev.asyncinspect.model.Gap;
import dev.asyncinspect.model.Recording;
import dev.asyncinspect.model.Segment;
import dev.asyncinspect.model.TaskHistory;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** The JSON form of a recording and of the lives in it. */
final class RecordingJson {

    private RecordingJson() {}

    /** What every answer about a recording says of it. */
    static void head(JsonGenerator json, Recording recording) {
        json.writeName("recording");
        json.writeStartObject();
        json.writeStringProperty("file", recording.source().description());
        JsonOutput.optional(
                json,
                "beganAt",
                recording.beganAt() == null ? null : recording.beganAt().toString());
        json.writeNumberProperty("lengthNanos", recording.lengthNanos());
        json.writeNumberProperty("events", recording.events());
        json.writeNumberProperty("droppedEvents", recording.completeness().droppedEvents());
        json.writeBooleanProperty("truncated", recording.completeness().truncated());
        json.writeName("notSeen");
        json.writeStartArray();
        for (Gap gap : recording.completeness().gaps()) {
            json.writeStartObject();
            json.writeStringProperty("what", gap.what());
            json.writeStringProperty("remedy", gap.remedy());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    static void timeline(JsonGenerator json, List<TaskHistory> tasks) {
        json.writeName("timeline");
        json.writeStartArray();
        tasks.forEach(task -> task(json, task));
        json.writeEndArray();
    }

    private static void task(JsonGenerator json, TaskHistory task) {
        json.writeStartObject();
        json.writeNumberProperty("id", task.id());
        json.writeStringProperty("name", task.name());
        json.writeStringProperty("kind", task.kind().name());
        json.writeStringProperty("state", task.state().name());
        Long parent = task.parentId().orNull();
        if (parent != null) {
            json.writeNumberProperty("parent", parent);
        }
        JsonOutput.optional(json, "createdAt", text(task.createdAt().orNull()));
        JsonOutput.optional(json, "failure", task.failure());
        json.writeBooleanProperty("complete", task.complete());
        json.writeName("segments");
        json.writeStartArray();
        task.segments().forEach(segment -> segment(json, segment));
        json.writeEndArray();
        json.writeName("awaits");
        json.writeStartArray();
        task.awaits().forEach(await -> await(json, await));
        json.writeEndArray();
        json.writeName("wakes");
        json.writeStartArray();
        task.wakes().forEach(wake -> {
            json.writeStartObject();
            json.writeNumberProperty("atNanos", wake.atNanos());
            json.writeStringProperty("how", wake.how().name());
            if (wake.wakerId() != 0) {
                json.writeNumberProperty("waker", wake.wakerId());
            }
            json.writeBooleanProperty("self", wake.self());
            json.writeEndObject();
        });
        json.writeEndArray();
        json.writeName("points");
        json.writeStartArray();
        task.points().forEach(point -> {
            json.writeStartObject();
            json.writeNumberProperty("atNanos", point.atNanos());
            json.writeStringProperty("label", point.label());
            JsonOutput.optional(json, "message", point.message());
            json.writeEndObject();
        });
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void segment(JsonGenerator json, Segment segment) {
        json.writeStartObject();
        json.writeStringProperty("state", segment.state().name());
        json.writeNumberProperty("fromNanos", segment.fromNanos());
        json.writeNumberProperty("toNanos", segment.toNanos());
        if (segment.threadId() != 0) {
            json.writeNumberProperty("thread", segment.threadId());
        }
        json.writeEndObject();
    }

    private static void await(JsonGenerator json, Await await) {
        json.writeStartObject();
        json.writeNumberProperty("fromNanos", await.fromNanos());
        if (!await.isStill()) {
            json.writeNumberProperty("toNanos", await.toNanos());
        }
        JsonOutput.optional(json, "site", text(await.site()));
        if (await.resourceId() != 0) {
            json.writeNumberProperty("resource", await.resourceId());
        }
        json.writeBooleanProperty("timed", await.timed());
        json.writeEndObject();
    }

    private static @Nullable String text(@Nullable CodeSite site) {
        return site == null ? null : site.text();
    }
}
