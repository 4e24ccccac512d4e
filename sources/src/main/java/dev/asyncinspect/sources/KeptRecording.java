package dev.asyncinspect.sources;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Keeps in a file what a live JVM records. */
public final class KeptRecording {

    /*
     * The file is written by us and not by the JVM: it need not be able to write where we are, and a file of ours has our owner. The events are
     * taken several times a second; the agent keeps half a million, so none is missed unless we are held up.
     *
     *   open ── records already? ──no──► start ──► take, take, … ──► stop, hooks out ──► take the rest ──► close
     *                    └──────yes──────────────► take, take, …  ───────────────────► take the rest ──► close
     *
     * Whoever made it record before wants it to go on, so it is only stopped if it was started here. If the JVM ends, what came by then is kept.
     */

    private static final Duration BETWEEN_TAKES = Duration.ofMillis(200);

    private final Path path;
    private final TakenEvents events;
    private final KeptFile file;

    private KeptRecording(Path path) throws SourceException {
        this.path = path;
        KeptFile[] made = new KeptFile[1];
        try {
            events = new TakenEvents(symbols -> {
                try {
                    made[0] = new KeptFile(path, symbols);
                    return made[0];
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw unwritable(String.valueOf(e.getCause()), e);
        }
        file = made[0];
    }

    /** Time, as whoever keeps a recording sees it. */
    public interface Pace {

        /** The JVM records from now on. */
        void begins();

        /** Lets time pass; false if it is to end. */
        boolean pause(Duration time) throws InterruptedException;
    }

    /**
     * What was kept.
     *
     * @param events how many
     * @param state how the recording of the JVM stood in the end; null if the JVM ended meanwhile
     * @param early how many older events had made room before the first that was kept
     * @param recordedBefore whether it recorded already, and records on
     */
    public record Kept(long events, @Nullable RecordingState state, long early, boolean recordedBefore) {}

    /**
     * Makes a JVM record until the pace ends it, keeps what happened, and takes everything out of it again.
     *
     * @param path the file to write; one that is there is moved aside
     * @param wish what it is to have beyond the usual
     * @throws SourceException if the JVM cannot be reached or cannot record as wanted, or the file not be written
     */
    public static Kept during(JvmProcess jvm, Duration timeout, Path path, RecordingWish wish, Pace pace)
            throws SourceException, InterruptedException {
        try (AttachLink link = AttachLink.open(jvm, AttachLink.Settings.ofBundle(timeout))) {
            boolean before = link.recording().on();
            link.require(wish); // before the file is there
            KeptRecording kept = new KeptRecording(path);
            try (KeptFile written = kept.file) {
                boolean alive = kept.take(link, jvm, before, wish, pace);
                RecordingState state = alive ? link.recording() : null;
                written.flush();
                kept.requireWritten();
                return new Kept(written.events(), state, kept.events.early(), before);
            }
        }
    }

    /**
     * Keeps what a JVM has recorded so far; starts nothing and stops nothing.
     *
     * @return null if it does not record
     * @throws SourceException if it does not answer, or the file cannot be written
     */
    public static @Nullable Kept soFar(JvmProcess jvm, Duration timeout, Path path) throws SourceException {
        try (AttachLink link = AttachLink.openIfThere(jvm, AttachLink.Settings.ofBundle(timeout))) {
            RecordingState state = link == null ? null : link.recording();
            if (link == null || state == null || !state.on()) {
                return null;
            }
            KeptRecording kept = new KeptRecording(path);
            try (KeptFile written = kept.file) {
                kept.events.take(link);
                written.flush();
                kept.requireWritten();
                return new Kept(written.events(), state, kept.events.early(), true);
            }
        }
    }

    /** Takes events until the end; false if the JVM ended before. */
    private boolean take(AttachLink link, JvmProcess jvm, boolean before, RecordingWish wish, Pace pace)
            throws SourceException, InterruptedException {
        try {
            if (!before) {
                link.record(wish);
            }
            try {
                pace.begins();
                do {
                    events.take(link);
                    file.flush();
                    requireWritten();
                } while (pace.pause(BETWEEN_TAKES));
            } finally {
                if (!before && !JvmEnd.hasEnded(jvm.pid())) {
                    link.record(false);
                }
            }
            events.take(link);
            return true;
        } catch (SourceException e) {
            if (e.reason() != SourceException.Reason.UNREACHABLE || file.events() == 0 || !JvmEnd.isNear(jvm.pid())) {
                throw e;
            }
            return false;
        }
    }

    private void requireWritten() throws SourceException {
        String problem = file.problem();
        if (problem != null) {
            throw unwritable(problem, null);
        }
    }

    private SourceException unwritable(String problem, @Nullable Throwable cause) {
        String message = "cannot keep the recording in " + path + ": " + problem;
        return cause == null
                ? new SourceException(SourceException.Reason.UNREADABLE, message)
                : new SourceException(SourceException.Reason.UNREADABLE, message, cause);
    }
}
