package dev.asyncinspect.sources;

import dev.asyncinspect.model.History;
import java.io.InputStream;
import java.nio.file.Path;
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
        throw new SourceException(SourceException.Reason.UNREADABLE, "not yet: " + files);
    }

    /**
     * The histories in this stream.
     *
     * @param name what a message calls the stream
     * @throws SourceException if it cannot be read or holds no dump
     */
    public static List<History> read(InputStream stream, String name, AwaitSites sites) throws SourceException {
        throw new SourceException(SourceException.Reason.UNREADABLE, "not yet: " + name);
    }
}
