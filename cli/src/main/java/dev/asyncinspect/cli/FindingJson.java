package dev.asyncinspect.cli;

import dev.asyncinspect.analysis.Finding;
import dev.asyncinspect.analysis.Link;
import dev.asyncinspect.model.Recording;
import dev.asyncinspect.model.Resource;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Task;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** The JSON form of findings. Ids refer to the snapshot of the same answer. */
final class FindingJson {

    private final JsonGenerator json;
    private final Snapshot snapshot;
    private final @Nullable RecordedBefore before;

    FindingJson(JsonGenerator json, Snapshot snapshot) {
        this(json, snapshot, null);
    }

    FindingJson(JsonGenerator json, Snapshot snapshot, @Nullable Recording recorded) {
        this.before = recorded == null ? null : new RecordedBefore(recorded);
        this.json = json;
        this.snapshot = snapshot;
    }

    /** Writes the member {@code findings}. */
    void write(List<Finding> findings) {
        array("findings", findings, this::finding);
    }

    private void finding(Finding finding) {
        json.writeStartObject();
        json.writeStringProperty("kind", finding.kind().id());
        json.writeStringProperty("title", finding.kind().title());
        json.writeStringProperty("confidence", finding.confidence().name());
        json.writeStringProperty("basis", finding.basis());
        json.writeStringProperty("sentence", finding.sentence());
        json.writeBooleanProperty("cycle", finding.cycle());
        array("tasks", finding.tasks(), json::writeNumber);
        array("victims", finding.victims(), json::writeNumber);
        array("resources", finding.resources(), json::writeNumber);
        array("chain", finding.chain(), this::link);
        array("evidence", finding.evidence(), evidence -> {
            json.writeStartObject();
            json.writeStringProperty("statement", evidence.statement());
            json.writeStringProperty("provenance", evidence.provenance().name());
            json.writeEndObject();
        });
        JsonOutput.optional(json, "innocent", finding.innocent());
        array("suggestions", finding.suggestions(), json::writeString);
        json.writeStringProperty("page", finding.kind().docPage());
        if (before != null) {
            before.write(json, finding);
        }
        json.writeEndObject();
    }

    private void link(Link link) {
        Task task = snapshot.task(link.taskId());
        Resource resource = snapshot.resource(link.resourceId());
        json.writeStartObject();
        json.writeNumberProperty("task", link.taskId());
        JsonOutput.optional(json, "taskLabel", task == null ? null : task.label());
        json.writeNumberProperty("resource", link.resourceId());
        JsonOutput.optional(json, "resourceLabel", resource == null ? null : resource.label());
        JsonOutput.optional(json, "site", site(task));
        if (link.holder() != null) {
            json.writeNumberProperty("holder", link.holder().taskId());
            json.writeStringProperty("heldSince", FactText.since(link.holder().site()));
        }
        json.writeEndObject();
    }

    private static @Nullable String site(@Nullable Task task) {
        return task == null || task.waiting() == null
                ? null
                : task.waiting().site().toString();
    }

    private <T> void array(String name, List<T> items, Consumer<? super T> item) {
        json.writeName(name);
        json.writeStartArray();
        items.forEach(item);
        json.writeEndArray();
    }
}
