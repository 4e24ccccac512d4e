package dev.asyncinspect.sources;

import dev.asyncinspect.model.History;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Reads thread dumps from files: text of {@code jstack} and {@code jcmd Thread.print}, JSON of {@code Thread.dump_to_file}. */
public final class DumpFiles {

    private DumpFiles() {}

    /**
     * The histories in these files, one for each JVM and form, in the order in which they are met.
     *
     * @throws SourceException if a file cannot be read or holds no dump
     */
    public static List<History> read(List<Path> files, AwaitSites sites) throws SourceException {
        Histories histories = new Histories();
        for (Path file : files) {
            if (Files.isDirectory(file)) {
                throw unreadable(file + " is a folder; name the dump files in it");
            }
            try (InputStream stream = Files.newInputStream(file)) {
                read(stream, file.toString(), sites, histories);
            } catch (NoSuchFileException e) {
                throw new SourceException(SourceException.Reason.UNREADABLE, "no file " + file, e);
            } catch (AccessDeniedException e) {
                throw new SourceException(SourceException.Reason.UNREADABLE, "no right to read " + file, e);
            } catch (IOException e) {
                throw new SourceException(
                        SourceException.Reason.UNREADABLE, file + " cannot be read: " + e.getMessage(), e);
            }
        }
        return histories.all();
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
        return histories.all();
    }

    private static void read(InputStream stream, String name, AwaitSites sites, Histories histories)
            throws IOException, SourceException {
        BufferedInputStream buffered = new BufferedInputStream(stream, 1 << 16);
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
        LineReader lines = new LineReader(new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8)));
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
