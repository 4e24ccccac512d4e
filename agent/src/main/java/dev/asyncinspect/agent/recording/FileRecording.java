package dev.asyncinspect.agent.recording;

import dev.asyncinspect.core.recorder.Pump;
import dev.asyncinspect.core.recorder.Recording;
import dev.asyncinspect.core.recording.RecordingLimits;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Writes what is recorded to a file as well, until it is closed or the JVM exits. */
final class FileRecording implements AutoCloseable {

    /*
     * A JVM that exits lets its daemons stand where they are, and with them the last second of events: a shutdown hook writes
     * it. What a kill leaves is readable up to a second before it.
     */

    private final Recording recording;
    private final Thread atExit;

    private FileRecording(Recording recording) {
        this.recording = recording;
        atExit = new Thread(Threads.topGroup(), recording::close, "async-inspect-exit", 0, false);
        atExit.setContextClassLoader(null);
    }

    /**
     * Begins to write.
     *
     * @throws IOException if the file cannot be written
     */
    static FileRecording begin(Pump pump, Path path) throws IOException {
        FileRecording file = new FileRecording(pump.record(path, RecordingLimits.DEFAULT));
        Runtime.getRuntime().addShutdownHook(file.atExit);
        return file;
    }

    /** Why nothing is written any longer; null while all is well. */
    @Nullable
    String problem() {
        return recording.problem();
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            return; // the JVM exits, and the hook does it
        }
        recording.close();
    }
}
