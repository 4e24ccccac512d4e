package dev.asyncinspect.sources;

import dev.asyncinspect.model.Gap;
import dev.asyncinspect.model.Recording;
import dev.asyncinspect.model.RecordingBuilder;
import dev.asyncinspect.model.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Starts, asks after and stops recording in live JVMs. */
public final class LiveRecordings {

    private LiveRecordings() {}

    /**
     * Makes a JVM record; loads an agent into it, which stays until {@link #stop}.
     *
     * @throws SourceException if it cannot be reached or cannot record
     */
    public static RecordingState start(JvmProcess jvm, Duration timeout) throws SourceException {
        try (AttachLink link = AttachLink.open(jvm, AttachLink.Settings.ofBundle(timeout))) {
            link.record(true);
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
     * @throws SourceException if it cannot be reached or does not record
     */
    public static Recording read(JvmProcess jvm, Duration timeout) throws SourceException {
        try (AttachLink link = AttachLink.openIfThere(jvm, AttachLink.Settings.ofBundle(timeout))) {
            if (link == null || !link.recording().on()) {
                throw new SourceException(
                        SourceException.Reason.UNREACHABLE,
                        "process " + jvm.pid() + " does not record; 'async-inspect record " + jvm.pid() + "' makes it");
            }
            RecordingBuilder[] builder = new RecordingBuilder[1];
            TakenEvents events = new TakenEvents(symbols -> {
                builder[0] = new RecordingBuilder(symbols);
                return builder[0];
            });
            events.take(link);
            List<Gap> gaps = new ArrayList<>();
            if (events.early() > 0) {
                gaps.add(new Gap(events.early() + " older events, which made room", "record to a file"));
            }
            if (events.unknown() > 0) {
                gaps.add(new Gap(
                        events.unknown() + " events of kinds that this version does not know",
                        "take a newer async-inspect"));
            }
            Source source =
                    new Source(Source.Distance.RECORDING, "pid " + jvm.pid() + ", recording", jvm.pid(), jvm.version());
            return builder[0].build(source, gaps, false);
        }
    }

    /** How the recording of a JVM stands; null if it has no agent. Loads none. */
    public static @Nullable RecordingState state(JvmProcess jvm, Duration timeout) throws SourceException {
        try (AttachLink link = AttachLink.openIfThere(jvm, AttachLink.Settings.ofBundle(timeout))) {
            return link == null ? null : link.recording();
        }
    }
}
