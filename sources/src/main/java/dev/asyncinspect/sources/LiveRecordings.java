package dev.asyncinspect.sources;

import dev.asyncinspect.core.event.Symbols;
import dev.asyncinspect.model.EventFold;
import dev.asyncinspect.model.EventTexts;
import dev.asyncinspect.model.Gap;
import dev.asyncinspect.model.RecordedEvent;
import dev.asyncinspect.model.Recording;
import dev.asyncinspect.model.RecordingBuilder;
import dev.asyncinspect.model.RecordingTotals;
import dev.asyncinspect.model.Source;
import dev.asyncinspect.model.TotalsBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Starts, asks after, reads and stops recording in live JVMs. */
public final class LiveRecordings {

    private static final Duration FOR_EVER = Duration.ofNanos(Long.MAX_VALUE);
    private static final long PAUSE_MILLIS = 250;

    private LiveRecordings() {}

    /**
     * Makes a JVM record; loads an agent into it, which stays until {@link #stop}.
     *
     * @param wish what it is to have beyond the usual
     * @throws SourceException if it cannot be reached or cannot record
     */
    public static RecordingState start(JvmProcess jvm, Duration timeout, RecordingWish wish) throws SourceException {
        try (AttachLink link = AttachLink.open(jvm, AttachLink.Settings.ofBundle(timeout))) {
            link.record(wish);
            return link.recording();
        }
    }

    /**
     * Stops the recording and makes the agent leave.
     *
     * @return how it stood in the end; null if there was no agent
     */
    public static @Nullable RecordingState stop(JvmProcess jvm, Duration timeout) throws SourceException {
        try (AttachLink link = AttachLink.openIfThere(jvm, AttachLink.Settings.ofBundle(timeout))) {
            if (link == null) {
                return null;
            }
            boolean recorded = link.recording().on();
            link.record(false);
            return recorded ? link.recording() : null;
        }
    }

    /**
     * What a JVM has recorded, as far back as its agent keeps it. Loads none.
     *
     * @return null if it does not record
     * @throws SourceException if it does not answer
     */
    public static @Nullable Recording readIfOn(JvmProcess jvm, Duration timeout) throws SourceException {
        try (AttachLink link = AttachLink.openIfThere(jvm, AttachLink.Settings.ofBundle(timeout))) {
            return link == null || !link.recording().on() ? null : read(jvm, link, FOR_EVER);
        }
    }

    /**
     * What a JVM has recorded, up to so long after the oldest event that its agent keeps. Loads none.
     *
     * @throws SourceException if it cannot be reached or does not record, or not that long
     */
    public static Recording read(JvmProcess jvm, Duration timeout, Duration until) throws SourceException {
        try (AttachLink link = openRecording(jvm, timeout)) {
            Recording recording = read(jvm, link, until);
            return RecordingFiles.reaching(until, recording, "the recording of process " + jvm.pid());
        }
    }

    /** The same in numbers; {@code detailed} is whether those of each stretch of time and each task are wanted. */
    public static RecordingTotals totals(JvmProcess jvm, Duration timeout, boolean detailed) throws SourceException {
        try (AttachLink link = openRecording(jvm, timeout)) {
            return fold(jvm, link, symbols -> new TotalsBuilder(symbols, detailed));
        }
    }

    private static Recording read(JvmProcess jvm, AttachLink link, Duration until) throws SourceException {
        return fold(jvm, link, symbols -> new RecordingBuilder(symbols, until.toNanos()));
    }

    private static <R> R fold(JvmProcess jvm, AttachLink link, Function<Symbols, EventFold<R>> to)
            throws SourceException {
        AtomicReference<EventFold<R>> fold = new AtomicReference<>();
        TakenEvents events = new TakenEvents(symbols -> {
            fold.set(to.apply(symbols));
            return fold.get();
        });
        events.take(link);
        List<Gap> gaps = new ArrayList<>();
        if (events.early() > 0) {
            gaps.add(Gap.of(events.early(), "older event", ", which made room", "record to a file"));
        }
        if (events.unknown() > 0) {
            gaps.add(RecordingFiles.unknown(events.unknown()));
        }
        long untold = link.recording().untold();
        if (untold > 0) {
            gaps.add(Gap.of(untold, "task", " for which the recorder had no room", ""));
        }
        Source source =
                new Source(Source.Distance.RECORDING, "pid " + jvm.pid() + ", recording", jvm.pid(), jvm.version());
        return fold.get().build(source, gaps, false);
    }

    /**
     * The events that a JVM has recorded, one after another, and if wanted those to come until it ends or the thread is
     * interrupted. Loads no agent.
     *
     * @throws SourceException if it cannot be reached or does not record
     */
    public static void events(JvmProcess jvm, Duration timeout, boolean follow, Consumer<? super RecordedEvent> to)
            throws SourceException, InterruptedException {
        try (AttachLink link = openRecording(jvm, timeout)) {
            TakenEvents events = new TakenEvents(symbols -> new EventTexts(symbols, to));
            events.take(link);
            while (follow && !JvmEnd.hasEnded(jvm.pid())) {
                Thread.sleep(PAUSE_MILLIS);
                try {
                    events.take(link);
                } catch (SourceException e) {
                    if (!JvmEnd.isNear(jvm.pid())) {
                        throw e;
                    }
                }
            }
        }
    }

    private static AttachLink openRecording(JvmProcess jvm, Duration timeout) throws SourceException {
        AttachLink link = AttachLink.openIfThere(jvm, AttachLink.Settings.ofBundle(timeout));
        boolean on = false;
        try {
            on = link != null && link.recording().on();
        } finally {
            if (link != null && !on) {
                link.close();
            }
        }
        if (link == null || !on) {
            throw new SourceException(
                    SourceException.Reason.UNREACHABLE,
                    "process " + jvm.pid() + " does not record; 'async-inspect record " + jvm.pid() + "' makes it");
        }
        return link;
    }

    /** How the recording of a JVM stands; null if it has no agent. Loads none. */
    public static @Nullable RecordingState state(JvmProcess jvm, Duration timeout) throws SourceException {
        try (AttachLink link = AttachLink.openIfThere(jvm, AttachLink.Settings.ofBundle(timeout))) {
            return link == null ? null : link.recording();
        }
    }
}
