package dev.asyncinspect.sources;

import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Source;
import dev.asyncinspect.sources.heap.DamagedHeapException;
import dev.asyncinspect.sources.heap.Heap;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads heap dumps from files. */
final class HeapFiles {

    private HeapFiles() {}

    /**
     * What a heap dump shows.
     *
     * @param name what a person calls it
     * @param pid process id of the JVM, negative if not told
     * @throws SourceException if it is no whole heap dump
     * @throws IOException if it cannot be read
     */
    static Snapshot read(Path file, String name, long pid, @Nullable String jvmVersion, AwaitSites sites)
            throws IOException, SourceException {
        try {
            return HeapSnapshot.of(Heap.open(file), new Source(Source.Distance.HEAP, name, pid, jvmVersion), sites);
        } catch (DamagedHeapException e) {
            throw new SourceException(
                    SourceException.Reason.UNREADABLE,
                    name + " is a heap dump of which nothing can be said, because " + e.getMessage()
                            + "; take it again with jcmd PID GC.heap_dump FILE",
                    e);
        }
    }
}
