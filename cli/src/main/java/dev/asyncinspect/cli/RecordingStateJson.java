package dev.asyncinspect.cli;

import dev.asyncinspect.sources.RecordingState;
import tools.jackson.core.JsonGenerator;

/** Writes how recording stands in a live JVM, with the table of hooks. */
final class RecordingStateJson {

    private RecordingStateJson() {}

    static void write(RecordingState recording, JsonGenerator json) {
        json.writeName("recorder");
        json.writeStartObject();
        json.writeBooleanProperty("on", recording.on());
        json.writeNumberProperty("events", recording.events());
        json.writeNumberProperty("dropped", recording.dropped());
        if (recording.untold() > 0) {
            json.writeNumberProperty("tasksLeftOut", recording.untold());
        }
        if (!recording.settings().isEmpty()) {
            json.writeStringProperty("settings", recording.settings());
        }
        if (!recording.notRestored().isEmpty()) {
            json.writeStringProperty("notRestored", recording.notRestored());
        }
        json.writeName("hooks");
        json.writeStartArray();
        for (RecordingState.Hook hook : recording.hooks()) {
            json.writeStartObject();
            json.writeStringProperty("name", hook.name());
            json.writeStringProperty("where", hook.where());
            json.writeStringProperty("status", hook.status());
            json.writeStringProperty("detail", hook.detail());
            json.writeNumberProperty("places", hook.places());
            json.writeNumberProperty("failures", hook.failures());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
