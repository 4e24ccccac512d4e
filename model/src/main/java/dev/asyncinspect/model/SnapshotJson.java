package dev.asyncinspect.model;

import java.io.IOException;
import java.io.InputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The JSON form of a {@link Snapshot}: the same in every command, exporter and file. Schema: {@code
 * docs/schema/snapshot-v1.schema.json}.
 */
public final class SnapshotJson {

    /** Version of the form that is written, and the newest that is read. A new member alone does not raise it. */
    public static final int VERSION = 1;

    private SnapshotJson() {}

    /** Writes one JSON object at the place where the generator stands. */
    public static void write(Snapshot snapshot, JsonGenerator json) {
        new SnapshotWriter(json).write(snapshot);
    }

    /**
     * Reads what {@link #write} wrote. Members that this version does not know are passed over.
     *
     * @throws IOException if the stream cannot be read, is not such JSON, or needs a newer version; its message is one line
     *     for a person
     */
    public static Snapshot read(InputStream stream) throws IOException {
        try (JsonParser json = new JsonFactory().createParser(ObjectReadContext.empty(), stream)) {
            return SnapshotReader.snapshot(JsonTree.read(json));
        } catch (JacksonException e) {
            throw new IOException(
                    "not valid JSON at " + e.getLocation().offsetDescription() + ": " + e.getOriginalMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new IOException("not a snapshot of version " + VERSION + ": " + e.getMessage(), e);
        }
    }
}
