package dev.asyncinspect.sources;

import java.time.Duration;
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

    /** How the recording of a JVM stands; null if it has no agent. Loads none. */
    public static @Nullable RecordingState state(JvmProcess jvm, Duration timeout) throws SourceException {
        try (AttachLink link = AttachLink.openIfThere(jvm, AttachLink.Settings.ofBundle(timeout))) {
            return link == null ? null : link.recording();
        }
    }
}
