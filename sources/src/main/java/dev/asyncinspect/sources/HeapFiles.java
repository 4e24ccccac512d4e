package dev.asyncinspect.sources;

import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Source;
import dev.asyncinspect.sources.heap.DamagedHeapException;
import dev.asyncinspect.sources.heap.Heap;
import java.io.IOException;
import java.nio.file.Path;

/** Reads heap dumps from files. */
final class HeapFiles {

    private HeapFiles() {}

    /**
     * What a heap dump shows.
     *
     * @param source where it comes from
     * @param compiled what was compiled in the JVM at that time
     * @param monitors who was in which monitor at that time
     * @throws SourceException if it is no whole heap dump
     * @throws IOException if it cannot be read
     */
    static Snapshot read(Path file, Source source, CompiledMethods compiled, MonitorWitness monitors, AwaitSites sites)
            throws IOException, SourceException {
        try {
            return HeapSnapshot.of(Heap.open(file), compiled, monitors, source, sites);
        } catch (DamagedHeapException e) {
            throw new SourceException(
                    SourceException.Reason.UNREADABLE,
                    source.description() + " is a heap dump of which nothing can be said, because " + e.getMessage()
                            + "; take it again with jcmd PID GC.heap_dump FILE",
                    e);
        }
    }
}
