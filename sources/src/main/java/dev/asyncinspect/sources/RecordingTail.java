package dev.asyncinspect.sources;

import dev.asyncinspect.model.RecordedEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** The events of a recording that is still being written. */
public final class RecordingTail {

    /*
     * The file is read again when it has grown, and what was told before is passed over by its number. That costs a reading of
     * the whole recording, which is bounded, and needs no second reader of its format. If the oldest file of a rotated recording
     * goes meanwhile, the numbers no longer hold; then whatever is later than what was told comes next.
     */

    private static final long PAUSE_MILLIS = 250;

    private final Path file;
    private final Consumer<? super RecordedEvent> to;
    private long told;
    private long lastNanos = Long.MIN_VALUE;

    private RecordingTail(Path file, Consumer<? super RecordedEvent> to) {
        this.file = file;
        this.to = to;
    }

    /** Hands over what is there and what comes, until the thread is interrupted. */
    public static boolean follow(Path file, Consumer<? super RecordedEvent> to)
            throws SourceException, InterruptedException {
        RecordingTail tail = new RecordingTail(file, to);
        long size = -1;
        while (!Thread.currentThread().isInterrupted()) {
            long now = size(file);
            if (now != size) {
                size = now;
                tail.look();
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        throw new InterruptedException();
    }

    /** Tells what is new. */
    private void look() throws SourceException {
        long[] all = {0};
        RecordingFiles.events(file, event -> all[0]++);
        boolean renumbered = all[0] < told;
        long before = lastNanos;
        long[] number = {0};
        RecordingFiles.events(file, event -> {
            number[0]++;
            if (renumbered ? event.atNanos() > before : number[0] > told) {
                to.accept(event);
                lastNanos = Math.max(lastNanos, event.atNanos());
            }
        });
        told = number[0];
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return -1; // between two files: the next look tells
        }
    }
}
