package dev.asyncinspect.cli;

import dev.asyncinspect.analysis.Evidence;
import dev.asyncinspect.analysis.Finding;
import dev.asyncinspect.analysis.Link;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.SnapshotJson;
import java.io.PrintStream;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/** The JSON form of an answer; schema: {@code docs/schema/answer-v1.schema.json}. */
final class AnswerJson {

    private static final int VERSION = 1;

    private final JsonGenerator json;

    private AnswerJson(JsonGenerator json) {
        this.json = json;
    }

    /** Prints one object with everything that was seen and found. */
    static void print(
            PrintStream out, String command, ExitCode exitCode, List<Diagnosis> diagnoses, boolean withFindings) {
        JsonFactory factory = JsonFactory.builder()
                .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .build();
        try (JsonGenerator json = factory.createGenerator(ObjectWriteContext.empty(), out)) {
            new AnswerJson(json).answer(command, exitCode, diagnoses, withFindings);
        }
        out.println();
    }

    private void answer(String command, ExitCode exitCode, List<Diagnosis> diagnoses, boolean withFindings) {
        json.writeStartObject();
        json.writeNumberProperty("schemaVersion", VERSION);
        json.writeStringProperty("command", command);
        json.writeNumberProperty("exitCode", exitCode.code());
        json.writeName("targets");
        json.writeStartArray();
        for (Diagnosis diagnosis : diagnoses) {
            Snapshot latest = diagnosis.history().latest();
            json.writeStartObject();
            json.writeStringProperty("target", latest.source().description());
            json.writeNumberProperty("samples", diagnosis.history().snapshots().size());
            json.writeStringProperty("coverage", CoverageText.of(diagnosis.history()));
            if (withFindings) {
                json.writeName("findings");
                json.writeStartArray();
                diagnosis.findings().forEach(this::finding);
                json.writeEndArray();
            }
            json.writeName("snapshot");
            SnapshotJson.write(latest, json);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void finding(Finding finding) {
        json.writeStartObject();
        json.writeStringProperty("kind", finding.kind().id());
        json.writeStringProperty("confidence", finding.confidence().name());
        json.writeStringProperty("basis", finding.basis());
        json.writeStringProperty("sentence", finding.sentence());
        json.writeBooleanProperty("cycle", finding.cycle());
        numbers("tasks", finding.tasks());
        numbers("victims", finding.victims());
        numbers("resources", finding.resources());
        json.writeName("chain");
        json.writeStartArray();
        finding.chain().forEach(this::link);
        json.writeEndArray();
        json.writeName("evidence");
        json.writeStartArray();
        for (Evidence evidence : finding.evidence()) {
            json.writeStartObject();
            json.writeStringProperty("statement", evidence.statement());
            json.writeStringProperty("provenance", evidence.provenance().name());
            json.writeEndObject();
        }
        json.writeEndArray();
        if (finding.innocent() != null) {
            json.writeStringProperty("innocent", finding.innocent());
        }
        json.writeName("suggestions");
        json.writeStartArray();
        finding.suggestions().forEach(json::writeString);
        json.writeEndArray();
        json.writeStringProperty("page", finding.kind().docPage());
        json.writeEndObject();
    }

    private void link(Link link) {
        json.writeStartObject();
        json.writeNumberProperty("task", link.taskId());
        json.writeNumberProperty("resource", link.resourceId());
        if (link.holder() != null) {
            json.writeNumberProperty("holder", link.holder().taskId());
        }
        json.writeEndObject();
    }

    private void numbers(String name, List<Long> values) {
        json.writeName(name);
        json.writeStartArray();
        values.forEach(json::writeNumber);
        json.writeEndArray();
    }
}
