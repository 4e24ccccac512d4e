package dev.asyncinspect.sources;

import dev.asyncinspect.core.recording.RecordingReader;
import dev.asyncinspect.model.EventTexts;
import dev.asyncinspect.model.RecordedEvent;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** The events of a recording that is still being written. */
public final class RecordingTail {

    private static final long PAUSE_MILLIS = 250;

    private RecordingTail() {}

    /** Hands over what is there and what comes, until the thread is interrupted. */
    public static boolean follow(Path file, Consumer<? super RecordedEvent> to)
            throws SourceException, InterruptedException {
        RecordingReader reader = RecordingFiles.open(file);
        EventTexts texts = new EventTexts(reader, to);
        boolean begun = false;
        while (!Thread.currentThread().isInterrupted()) {
            try {
                if (begun) {
                    reader.forEachNew(texts);
                } else {
                    begun = true;
                    reader.forEach(texts);
                }
            } catch (ClosedByInterruptException e) {
                break;
            } catch (NoSuchFileException e) {
                // between two files: the next look tells
            } catch (IOException e) {
                throw RecordingFiles.failure(file, e);
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        throw new InterruptedException();
    }
}
