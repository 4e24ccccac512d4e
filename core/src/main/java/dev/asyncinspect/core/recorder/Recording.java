package dev.asyncinspect.core.recorder;

import dev.asyncinspect.core.recording.RecordingWriter;
import org.jspecify.annotations.Nullable;

/** A recording that is under way. Any thread. */
public final class Recording implements AutoCloseable {

    private final Pump pump;
    private final RecordingWriter writer;

    Recording(Pump pump, RecordingWriter writer) {
        this.pump = pump;
        this.writer = writer;
    }

    /** Why nothing is written any longer, such as a full disk; null while all is well. */
    public @Nullable String problem() {
        return writer.problem();
    }

    /** Writes what happened before this call, and ends the recording. */
    @Override
    public void close() {
        pump.end(writer);
    }
}
