package dev.asyncinspect.sources;

import dev.asyncinspect.model.CarrierPool;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Source;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a live JVM answered when it was asked once.
 *
 * @param dump the text dump, or null if the JDK's dump of virtual threads was asked for
 * @param virtualThreads the JDK's dump of virtual threads, null if there is none
 * @param carriers figures of the scheduler of virtual threads, null if there are none
 * @param children how the child processes stood at the same time, null if no thread may wait for one
 */
record LiveAnswer(
        @Nullable AnswerText dump,
        @Nullable RawDump virtualThreads,
        @Nullable CarrierPool carriers,
        @Nullable StuckChildren children,
        Instant takenAt) {

    /** Makes sense of it; {@code rows} are what an agent read of the objects meanwhile, null if none did. */
    Snapshot snapshot(JvmProcess jvm, RawDump raw, @Nullable AttachRows rows, AwaitSites sites) {
        Snapshot text =
                DumpSnapshot.of(raw, "pid " + jvm.pid(), carriers, sites).at(takenAt, jvm.pid());
        if (rows == null) {
            return ChildOutputs.in(text, jvm.pid(), children);
        }
        Source source = new Source(
                Source.Distance.ATTACH,
                text.source().description(),
                jvm.pid(),
                text.source().jvmVersion());
        return ChildOutputs.in(
                SnapshotJoin.of(text, AttachSnapshot.of(rows, source, takenAt, sites)), jvm.pid(), children);
    }

    /**
     * The dump in it.
     *
     * @throws SourceException if there is none
     */
    RawDump parse(JvmProcess jvm) throws SourceException {
        if (virtualThreads != null) {
            return virtualThreads;
        }
        RawDump parsed = dump == null ? null : TextDumpParser.firstIn(dump);
        if (parsed == null) {
            String beginning =
                    dump == null ? "" : dump.toString().lines().findFirst().orElse("");
            throw new SourceException(
                    SourceException.Reason.UNREACHABLE,
                    "process " + jvm.pid() + " answered something that is no thread dump: '" + beginning + "'");
        }
        return parsed;
    }
}
