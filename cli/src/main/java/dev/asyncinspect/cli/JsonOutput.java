package dev.asyncinspect.cli;

import java.io.PrintStream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/** The frame of every JSON answer; schema: {@code docs/schema/cli-v1.schema.json}. */
final class JsonOutput {

    /** A new member alone does not raise it. */
    private static final int VERSION = 1;

    private JsonOutput() {}

    /** Prints one object: what all answers share, then what the body writes. */
    static void print(
            PrintStream out, String command, String version, ExitCode exitCode, Consumer<? super JsonGenerator> body) {
        JsonFactory factory = JsonFactory.builder()
                .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .build();
        try (JsonGenerator json = factory.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeNumberProperty("schemaVersion", VERSION);
            json.writeStringProperty("tool", "async-inspect " + version);
            json.writeStringProperty("command", command);
            json.writeNumberProperty("exitCode", exitCode.code());
            body.accept(json);
            json.writeEndObject();
        }
        out.println();
    }

    /** A member that is left out where its value is absent. */
    static void optional(JsonGenerator json, String name, @Nullable String value) {
        if (value != null) {
            json.writeStringProperty(name, value);
        }
    }
}
