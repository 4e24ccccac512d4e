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
     * @param clock by which the JVM measured time
     * @throws SourceException if it is no whole heap dump
     * @throws IOException if it cannot be read
     */
    static Snapshot read(
            Path file,
            Source source,
            CompiledMethods compiled,
            MonitorWitness monitors,
            MonotonicClock clock,
            AwaitSites sites)
            throws IOException, SourceException {
        try {
            Heap heap = Heap.open(file);
            if (heap.threads().stream().anyMatch(thread -> !heap.has(thread.objectId(), "tid"))) {
                throw new SourceException(
                        SourceException.Reason.UNREADABLE,
                        source.description() + " is the heap of a JVM that keeps its threads in a way we do not know");
            }
            return HeapSnapshot.of(heap, compiled, monitors, clock, source, sites);
        } catch (DamagedHeapException e) {
            throw new SourceException(
                    SourceException.Reason.UNREADABLE,
                    source.description() + " is a heap dump of which nothing can be said, because " + e.getMessage()
                            + "; take it again with jcmd PID GC.heap_dump FILE",
                    e);
        }
    }
}
