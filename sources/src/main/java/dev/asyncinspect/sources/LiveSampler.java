package dev.asyncinspect.sources;

import dev.asyncinspect.model.CarrierPool;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Source;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Takes text dumps of one live JVM, each answer within a time limit. */
final class LiveSampler {

    /** The only dump that is safe on a busy JVM; see docs/safety/jdk-virtual-thread-dump.md. */
    static final String DUMP = "Thread.print -l";

    /** The figures of the scheduler of virtual threads; JDK 24 and later. */
    private static final String SCHEDULER = "Thread.vthread_scheduler";

    /** Opens the line to a JVM. */
    interface Opener {

        AttachChannel open(long pid) throws IOException;
    }

    /** Reads the objects of the JVM once. */
    interface ObjectReader {

        /** Nothing reads them. */
        ObjectReader NONE = () -> null;

        @Nullable
        AttachRows read() throws SourceException;
    }

    private final JvmProcess jvm;
    private final LiveJvms.Sampling sampling;
    private final Opener opener;
    private final ObjectReader objects;

    LiveSampler(JvmProcess jvm, LiveJvms.Sampling sampling, Opener opener, ObjectReader objects) {
        this.objects = objects;
        this.jvm = jvm;
        this.sampling = sampling;
        this.opener = opener;
    }

    /** The samples; {@code sites} is asked once the class path of the JVM is known. */
    List<Snapshot> sample(Function<AttachChannel, AwaitSites> sites) throws SourceException {
        List<Answer> answers = new ArrayList<>();
        AwaitSites awaitSites = null;
        JvmCall call = new JvmCall(jvm, sampling.timeout());
        for (int i = 0; i < sampling.samples(); i++) {
            if (i > 0) {
                pauseUntil(answers.get(i - 1).readAt + sampling.interval().toNanos());
            }
            boolean first = i == 0;
            Answer answer = call.answer(() -> ask(first ? sites : null));
            awaitSites = answer.sites == null ? awaitSites : answer.sites;
            answers.add(answer.with(objects.read()));
        }
        List<Snapshot> snapshots = new ArrayList<>();
        for (Answer answer : answers) {
            snapshots.add(snapshot(answer, Objects.requireNonNull(awaitSites)));
        }
        return snapshots;
    }

    /**
     * What one look gave.
     *
     * @param beginning of the text, if that was no dump
     * @param readAt when the last of it had come, by {@link System#nanoTime}: to make sense of it takes part of the interval
     */
    private record Answer(
            List<RawDump> dumps,
            String beginning,
            @Nullable CarrierPool carriers,
            Instant takenAt,
            @Nullable AwaitSites sites,
            long readAt,
            @Nullable AttachRows rows) {

        Answer with(@Nullable AttachRows read) {
            return new Answer(
                    dumps, beginning, carriers, takenAt, sites, read == null ? readAt : System.nanoTime(), read);
        }
    }

    private Answer ask(@Nullable Function<AttachChannel, AwaitSites> sites) throws IOException {
        try (AttachChannel channel = opener.open(jvm.pid())) {
            Instant takenAt = Instant.now();
            List<RawDump> dumps = new ArrayList<>(1);
            String beginning = "";
            CarrierPool carriers = null;
            long readAt;
            if (sampling.virtualThreadDump()) {
                RawDump dump = VirtualThreadDump.take(channel);
                if (dump != null) {
                    dumps.add(dump);
                }
                readAt = System.nanoTime();
            } else {
                String text = channel.command(DUMP);
                readAt = System.nanoTime();
                beginning = text.lines().findFirst().orElse("");
                TextDumpParser parser = new TextDumpParser(dumps::add);
                text.lines().forEach(parser::line);
                parser.finish();
                carriers = text.contains("VirtualThread") ? CarrierPools.parse(schedulerText(channel)) : null;
            }
            return new Answer(
                    dumps, beginning, carriers, takenAt, sites == null ? null : sites.apply(channel), readAt, null);
        }
    }

    private static String schedulerText(AttachChannel channel) {
        try {
            return channel.command(SCHEDULER);
        } catch (IOException e) {
            return ""; // a JDK before 24 does not know the command
        }
    }

    private Snapshot snapshot(Answer answer, AwaitSites sites) throws SourceException {
        if (answer.dumps.isEmpty()) {
            throw new SourceException(
                    SourceException.Reason.UNREACHABLE,
                    "process " + jvm.pid() + " answered something that is no thread dump: '" + answer.beginning + "'");
        }
        Snapshot text = DumpSnapshot.of(answer.dumps.get(0), "pid " + jvm.pid(), answer.carriers, sites)
                .at(answer.takenAt, jvm.pid());
        if (answer.rows == null) {
            return text;
        }
        Source source = new Source(
                Source.Distance.ATTACH,
                text.source().description(),
                jvm.pid(),
                text.source().jvmVersion());
        return SnapshotJoin.of(text, AttachSnapshot.of(answer.rows, source, answer.takenAt, sites));
    }

    private static void pauseUntil(long nanoTime) throws SourceException {
        try {
            TimeUnit.NANOSECONDS.sleep(nanoTime - System.nanoTime());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SourceException(SourceException.Reason.UNREACHABLE, "interrupted between two samples", e);
        }
    }
}
