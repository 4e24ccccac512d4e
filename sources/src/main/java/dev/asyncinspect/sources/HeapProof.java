package dev.asyncinspect.sources;

import dev.asyncinspect.model.History;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Takes what a proof needs from a live JVM: a heap dump between two text dumps, for only those show who is in a monitor. */
final class HeapProof {

    private final JvmProcess jvm;
    private final ClassFiles classes;

    HeapProof(JvmProcess jvm, ClassFiles classes) {
        this.jvm = jvm;
        this.classes = classes;
    }

    /** The heap, joined with the text dump after it; {@code announce} is told beforehand what it costs. */
    History of(Consumer<String> announce) throws IOException, SourceException {
        try (HeapDumper dumper = HeapDumper.of(jvm.pid())) {
            AwaitSites sites;
            Snapshot before;
            Snapshot after;
            CompiledMethods compiled;
            Path file;
            String version;
            try (AttachChannel channel = HotSpotChannel.open(jvm.pid())) {
                sites = new AwaitSites(LiveClassPath.of(jvm.pid(), channel, classes));
                version = channel.systemProperties().getProperty("java.vm.version");
                CompiledMethods early = CompiledMethods.of(channel, CompiledMethods.UNKNOWN);
                before = text(channel, sites);
                file = dumper.dump(channel, announce);
                after = text(channel, sites);
                compiled = CompiledMethods.of(channel, early);
            }
            MonitorWitness monitors = MonitorWitness.of(before, after);
            Source source = new Source(Source.Distance.HEAP, "the heap of pid " + jvm.pid(), jvm.pid(), version);
            Snapshot heap = HeapFiles.read(file, source, compiled, monitors, MonotonicClock.ofThisMachine(), sites);
            return History.of(SnapshotJoin.of(after, heap, monitors.moved()));
        }
    }

    private Snapshot text(AttachChannel channel, AwaitSites sites) throws IOException {
        RawDump dump = TextDumpParser.firstIn(channel.answer(LiveSampler.DUMP));
        if (dump == null) {
            throw new IOException("it answered something that is no thread dump");
        }
        return DumpSnapshot.of(dump, "pid " + jvm.pid(), null, sites);
    }
}
