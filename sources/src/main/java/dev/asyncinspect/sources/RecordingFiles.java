package dev.asyncinspect.sources;

import dev.asyncinspect.core.event.EventHandler;
import dev.asyncinspect.core.event.Symbols;
import dev.asyncinspect.core.recording.RecordingReader;
import dev.asyncinspect.model.EventFold;
import dev.asyncinspect.model.EventTexts;
import dev.asyncinspect.model.Gap;
import dev.asyncinspect.model.RecordedEvent;
import dev.asyncinspect.model.Recording;
import dev.asyncinspect.model.RecordingBuilder;
import dev.asyncinspect.model.RecordingTotals;
import dev.asyncinspect.model.Source;
import dev.asyncinspect.model.ThreadAttributes;
import dev.asyncinspect.model.TotalsBuilder;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;

/** Reads recordings from files; of a rotated one the newest file is named, those before it are found beside it. */
public final class RecordingFiles {

    /** Views tell lengths in tenths of seconds: who asks for the end as it is told gets the end. */
    private static final long ROUNDED_NANOS = 50_000_000;

    private RecordingFiles() {}

    /** The whole recording. */
    public static Recording read(Path file) throws SourceException {
        return read(file, Duration.ofNanos(Long.MAX_VALUE));
    }

    /**
     * The recording up to a moment.
     *
     * @param until time since its beginning
     * @throws SourceException if the file is none, or of a newer version, or shorter than that
     */
    public static Recording read(Path file, Duration until) throws SourceException {
        Recording recording = fold(file, symbols -> new RecordingBuilder(symbols, until.toNanos()));
        return reaching(until, recording, file.toString());
    }

    /**
     * The recording in numbers, in memory that grows with the tasks that live at once.
     *
     * @param detailed whether how long each stretch of time was, and when each task was there, is wanted
     */
    public static RecordingTotals totals(Path file, boolean detailed) throws SourceException {
        return fold(file, symbols -> new TotalsBuilder(symbols, detailed));
    }

    private static <R> R fold(Path file, Function<Symbols, EventFold<R>> to) throws SourceException {
        RecordingReader reader = open(file);
        EventFold<R> fold = to.apply(reader);
        forEach(file, reader, symbols -> fold);
        Source source = new Source(Source.Distance.RECORDING, file.toString(), ThreadAttributes.NONE, null);
        List<Gap> gaps = gaps(reader);
        boolean isEmpty = fold.isEmpty();
        if (isEmpty) {
            gaps.add(new Gap("anything: the recording was begun, and no event written", ""));
        }
        return fold.build(source, gaps, isEmpty || reader.tornBytes() > 0);
    }

    /** The recording, if it is as long as was asked for. */
    static Recording reaching(Duration until, Recording recording, String what) throws SourceException {
        boolean whole = until.toNanos() == Long.MAX_VALUE;
        if (!whole && recording.lengthNanos() < until.toNanos() - ROUNDED_NANOS) {
            throw unreadable(what + " ends " + seconds(recording.lengthNanos()) + " s after its beginning, before "
                    + seconds(until.toNanos()) + " s");
        }
        return recording;
    }

    /** Its events one after another, without keeping them; false if the end was written in part. */
    public static boolean events(Path file, Consumer<? super RecordedEvent> to) throws SourceException {
        RecordingReader reader = open(file);
        forEach(file, reader, symbols -> new EventTexts(symbols, to));
        return reader.tornBytes() == 0;
    }

    private static void forEach(Path file, RecordingReader reader, Function<Symbols, EventHandler> to)
            throws SourceException {
        try {
            reader.forEach(to.apply(reader));
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    /** Whether the file begins as a recording does; false if it cannot be read. */
    public static boolean isRecording(Path file) {
        try {
            return Files.isRegularFile(file) && RecordingReader.isRecording(file);
        } catch (IOException e) {
            return false; // whoever reads it next says why
        }
    }

    static RecordingReader open(Path file) throws SourceException {
        if (Files.isDirectory(file)) {
            throw unreadable(file + " is a folder; name the recording in it");
        }
        try {
            return RecordingReader.open(file);
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    static SourceException failure(Path file, IOException failure) {
        String message = failure instanceof NoSuchFileException
                ? "no file " + file
                : failure instanceof AccessDeniedException ? "no right to read " + file : failure.getMessage() + "";
        return new SourceException(SourceException.Reason.UNREADABLE, message, failure);
    }

    private static List<Gap> gaps(RecordingReader reader) {
        List<Gap> gaps = new ArrayList<>();
        if (reader.tornBytes() > 0) {
            gaps.add(Gap.of(reader.tornBytes(), "byte", " at the end, written in part", ""));
        }
        if (reader.unknownEvents() > 0) {
            gaps.add(unknown(reader.unknownEvents()));
        }
        return gaps;
    }

    static Gap unknown(long events) {
        return Gap.of(events, "event", " of kinds that this version does not know", "take a newer async-inspect");
    }

    private static SourceException unreadable(String message) {
        return new SourceException(SourceException.Reason.UNREADABLE, message);
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.3f", nanos / 1e9);
    }
}
