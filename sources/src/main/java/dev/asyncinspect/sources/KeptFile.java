package dev.asyncinspect.sources;

import dev.asyncinspect.core.event.EventDecoder;
import dev.asyncinspect.core.event.EventEncoder;
import dev.asyncinspect.core.event.Symbols;
import dev.asyncinspect.core.fold.FoldLimits;
import dev.asyncinspect.core.fold.TaskFold;
import dev.asyncinspect.core.recording.RecordingLimits;
import dev.asyncinspect.core.recording.RecordingWriter;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A recording that is written here of the events that an agent sends. Not for several threads. */
final class KeptFile extends EventEncoder implements AutoCloseable {

    /*
     * A recording that outgrows one file begins the next one with what lives at that moment. The agent knows it, but does not send it: so it is
     * folded here once more.
     */

    private final TaskFold fold;
    private final RecordingWriter writer;
    private long events;
    private long lastNanos;

    /**
     * Begins the file, readable by its user only.
     *
     * @param path the file; one that is there is moved aside
     * @param symbols the texts of the events
     */
    KeptFile(Path path, Symbols symbols) throws IOException {
        this(path, RecordingLimits.DEFAULT, symbols);
    }

    KeptFile(Path path, RecordingLimits limits, Symbols symbols) throws IOException {
        fold = new TaskFold(FoldLimits.DEFAULT, symbols);
        writer = RecordingWriter.create(path, limits, symbols, to -> {
            if (events > 0) {
                fold.checkpoint(lastNanos, to);
            }
        });
    }

    @Override
    public void slot(long head, long nanos, long taskId, long argument) {
        events++;
        lastNanos = nanos;
        EventDecoder.decode(head, nanos, taskId, argument, fold);
        writer.slot(head, nanos, taskId, argument);
    }

    /** How many events it got. */
    long events() {
        return events;
    }

    /** So that what came so far survives our end. */
    void flush() {
        writer.flush();
    }

    /** Why nothing is written any longer; null while all is well. */
    @Nullable
    String problem() {
        return writer.problem();
    }

    @Override
    public void close() {
        writer.close();
    }
}
