package dev.asyncinspect.sources;

import dev.asyncinspect.model.CarrierPool;
import dev.asyncinspect.model.Snapshot;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Future;
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

        /** Nothing more will be read: said as soon as it is known, while we still make sense of what came. */
        default void finish() {}
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
        try (Workbench workbench = new Workbench()) {
            return sample(sites, workbench);
        }
    }

    /*
     *   the JVM    dump 1  objects 1  dump 2  objects 2  let the agent leave
     *   we                 parse 1, make sense of it     parse 2, make sense of it
     *
     * From one dump to the next, and from one reading of the objects to the next, at least the interval goes by.
     */
    private List<Snapshot> sample(Function<AttachChannel, AwaitSites> sites, Workbench workbench)
            throws SourceException {
        List<Future<Snapshot>> snapshots = new ArrayList<>();
        AwaitSites known = null;
        long dumpedAt = 0;
        long readAt = 0;
        boolean objectsSeen = false;
        JvmCall call = new JvmCall(jvm, sampling.timeout());
        for (int i = 0; i < sampling.samples(); i++) {
            if (i > 0) {
                pauseUntil(dumpedAt + sampling.interval().toNanos());
            }
            Function<AttachChannel, AwaitSites> asked = known == null ? sites : null;
            Asked answer = call.answer(() -> ask(asked));
            AwaitSites awaitSites = known == null ? Objects.requireNonNull(answer.sites) : known;
            known = awaitSites;
            Future<RawDump> raw = workbench.begin(() -> answer.told.parse(jvm));
            if (objectsSeen) {
                pauseUntil(readAt + sampling.interval().toNanos());
            }
            AttachRows rows = objects.read();
            objectsSeen = rows != null;
            dumpedAt = answer.readAt;
            readAt = System.nanoTime();
            snapshots.add(workbench.begin(() -> answer.told.snapshot(jvm, Workbench.resultOf(raw), rows, awaitSites)));
        }
        objects.finish();
        List<Snapshot> made = new ArrayList<>();
        for (Future<Snapshot> snapshot : snapshots) {
            made.add(Workbench.resultOf(snapshot));
        }
        return made;
    }

    /**
     * What one look gave.
     *
     * @param readAt when the last of it had come, by {@link System#nanoTime}: to make sense of it takes part of the interval
     */
    private record Asked(LiveAnswer told, @Nullable AwaitSites sites, long readAt) {}

    private Asked ask(@Nullable Function<AttachChannel, AwaitSites> sites) throws IOException {
        try (AttachChannel channel = opener.open(jvm.pid())) {
            Instant takenAt = Instant.now();
            if (sampling.virtualThreadDump()) {
                RawDump dump = VirtualThreadDump.take(channel);
                long readAt = System.nanoTime();
                return new Asked(new LiveAnswer(null, dump, null, null, takenAt), sitesOf(channel, sites), readAt);
            }
            AnswerText text = channel.answer(DUMP);
            long readAt = System.nanoTime();
            boolean virtual = text.contains("VirtualThread");
            CarrierPool carriers = virtual ? CarrierPools.parse(schedulerText(channel)) : null;
            boolean childrenAwaited = virtual || ChildOutputs.areAwaited(text); // a virtual thread may wait unseen
            StuckChildren children = childrenAwaited ? StuckChildren.of(jvm.pid()) : null;
            return new Asked(new LiveAnswer(text, null, carriers, children, takenAt), sitesOf(channel, sites), readAt);
        }
    }

    private static @Nullable AwaitSites sitesOf(
            AttachChannel channel, @Nullable Function<AttachChannel, AwaitSites> sites) {
        return sites == null ? null : sites.apply(channel);
    }

    private static String schedulerText(AttachChannel channel) {
        try {
            return channel.command(SCHEDULER);
        } catch (IOException e) {
            return ""; // a JDK before 24 does not know the command
        }
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
