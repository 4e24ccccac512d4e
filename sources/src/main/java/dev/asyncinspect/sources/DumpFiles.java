package dev.asyncinspect.sources;

import dev.asyncinspect.model.History;
import dev.asyncinspect.model.Snapshot;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads thread dumps from files: text of {@code jstack} and {@code jcmd Thread.print}, JSON of {@code Thread.dump_to_file}. */
public final class DumpFiles {

    private DumpFiles() {}

    /**
     * The histories in these files, one for each JVM, in the order in which they are met.
     *
     * @throws SourceException if a file cannot be read or holds no dump
     */
    public static List<History> read(List<Path> files, AwaitSites sites) throws SourceException {
        List<Snapshot> all = new ArrayList<>();
        for (Path file : files) {
            try (InputStream stream = Files.newInputStream(file)) {
                all.addAll(snapshots(stream, file.toString(), sites));
            } catch (IOException e) {
                throw new SourceException(SourceException.Reason.UNREADABLE, file + ": cannot be read (" + e + ")", e);
            }
        }
        return List.of(new History(all));
    }

    /**
     * The histories in this stream.
     *
     * @param name what a message calls the stream
     * @throws SourceException if it cannot be read or holds no dump
     */
    public static List<History> read(InputStream stream, String name, AwaitSites sites) throws SourceException {
        return List.of(new History(snapshots(stream, name, sites)));
    }

    private static List<Snapshot> snapshots(InputStream stream, String name, AwaitSites sites) throws SourceException {
        List<Snapshot> found = new ArrayList<>();
        TextDumpParser parser = new TextDumpParser(dump -> found.add(TextDumpSnapshot.of(dump, name, null, sites)));
        try {
            BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                parser.line(line);
            }
        } catch (IOException e) {
            throw new SourceException(SourceException.Reason.UNREADABLE, name + ": cannot be read (" + e + ")", e);
        }
        parser.finish();
        return found;
    }
}
