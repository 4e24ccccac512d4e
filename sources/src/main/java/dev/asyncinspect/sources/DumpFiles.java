package dev.asyncinspect.sources;

import dev.asyncinspect.model.Gap;
import dev.asyncinspect.model.History;
import dev.asyncinspect.model.Recording;
import dev.asyncinspect.model.Source;
import dev.asyncinspect.model.ThreadAttributes;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads dumps from files: text of {@code jstack} and {@code jcmd Thread.print}, JSON of {@code Thread.dump_to_file}, heap dumps
 * of {@code jcmd GC.heap_dump}, recordings.
 */
public final class DumpFiles {

    private static final int BUFFER = 1 << 16;

    private DumpFiles() {}

    /**
     * The histories in these files, one for each JVM and form, in the order in which they are met. Of several files one that
     * cannot be read is passed over and told as a gap of every history, which is then marked as truncated.
     *
     * @throws SourceException if none of the files can be read or holds a dump
     */
    public static List<History> read(List<Path> files, AwaitSites sites) throws SourceException {
        return read(files, sites, RecordingFiles::read);
    }

    /**
     * The same, of recordings as much as is asked for.
     *
     * @param recordings how to read a recording
     */
    public static List<History> read(List<Path> files, AwaitSites sites, Recordings recordings) throws SourceException {
        Histories histories = new Histories();
        List<SourceException> unreadable = new ArrayList<>();
        for (Path file : files) {
            try {
                read(file, sites, recordings, histories);
            } catch (SourceException e) {
                unreadable.add(e);
            }
        }
        if (!unreadable.isEmpty() && unreadable.size() == files.size()) {
            throw unreadable.get(0);
        }
        return histories.lacking(
                unreadable.stream().map(e -> new Gap(e.getMessage() + "", "")).toList());
    }

    /** How to read a recording. */
    public interface Recordings {

        /** The recording in this file, or the part of it that is wanted. */
        Recording read(Path file) throws SourceException;
    }

    private static void read(Path file, AwaitSites sites, Recordings recordings, Histories histories)
            throws SourceException {
        if (Files.isDirectory(file)) {
            throw unreadable(file + " is a folder; name the dump files in it");
        }
        try (BufferedInputStream stream = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
            DumpFormat format = DumpFormat.of(stream);
            if (format == DumpFormat.RECORDING) {
                histories.add(History.of(recordings.read(file)));
            } else if (format == DumpFormat.HEAP_DUMP) {
                Source source = new Source(Source.Distance.HEAP, file.toString(), ThreadAttributes.NONE, null);
                histories.add(HeapFiles.read(
                        file, source, CompiledMethods.UNKNOWN, MonitorWitness.NONE, MonotonicClock.NONE, sites));
            } else {
                read(stream, file.toString(), sites, histories);
            }
        } catch (NoSuchFileException e) {
            throw new SourceException(SourceException.Reason.UNREADABLE, "no file " + file, e);
        } catch (AccessDeniedException e) {
            throw new SourceException(SourceException.Reason.UNREADABLE, "no right to read " + file, e);
        } catch (IOException e) {
            throw new SourceException(
                    SourceException.Reason.UNREADABLE, file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * The histories in this stream.
     *
     * @param name what a message calls the stream
     * @throws SourceException if it cannot be read or holds no dump
     */
    public static List<History> read(InputStream stream, String name, AwaitSites sites) throws SourceException {
        Histories histories = new Histories();
        try {
            read(stream, name, sites, histories);
        } catch (IOException e) {
            throw new SourceException(
                    SourceException.Reason.UNREADABLE, name + " cannot be read: " + e.getMessage(), e);
        }
        return histories.lacking(List.of());
    }

    private static void read(InputStream stream, String name, AwaitSites sites, Histories histories)
            throws IOException, SourceException {
        BufferedInputStream buffered = new BufferedInputStream(stream, BUFFER);
        DumpFormat format = DumpFormat.of(buffered);
        if (!format.complaint().isEmpty()) {
            throw unreadable(name + " " + format.complaint());
        }
        boolean found = switch (format) {
            case JSON -> json(buffered, name, sites, histories);
            default -> text(buffered, name, sites, histories);
        };
        if (!found) {
            throw unreadable(name + " holds no thread dump; expected what jstack, jcmd PID Thread.print or"
                    + " jcmd PID Thread.dump_to_file write");
        }
    }

    private static boolean json(InputStream stream, String name, AwaitSites sites, Histories histories) {
        RawDump dump = JsonDumpParser.parse(stream);
        if (dump == null || dump.threads.isEmpty()) {
            return false;
        }
        histories.add(DumpSnapshot.of(dump, name, null, sites));
        return true;
    }

    private static boolean text(InputStream stream, String name, AwaitSites sites, Histories histories)
            throws IOException {
        boolean[] found = {false};
        TextDumpParser parser = new TextDumpParser(dump -> {
            if (!dump.threads.isEmpty()) {
                found[0] = true;
                histories.add(DumpSnapshot.of(dump, name, null, sites));
            }
        });
        LineReader lines = new LineReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
        for (String line = lines.next(); line != null; line = lines.next()) {
            parser.line(line);
        }
        parser.finish();
        return found[0];
    }

    private static SourceException unreadable(String message) {
        return new SourceException(SourceException.Reason.UNREADABLE, message);
    }
}
