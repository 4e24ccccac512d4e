package dev.asyncinspect.cli;

import dev.asyncinspect.model.History;
import dev.asyncinspect.model.RecordedEvent;
import dev.asyncinspect.model.Recording;
import dev.asyncinspect.model.RecordingTotals;
import dev.asyncinspect.sources.AwaitSites;
import dev.asyncinspect.sources.ClassFiles;
import dev.asyncinspect.sources.DumpFiles;
import dev.asyncinspect.sources.JvmProcess;
import dev.asyncinspect.sources.KeptRecording;
import dev.asyncinspect.sources.LiveJvms;
import dev.asyncinspect.sources.LiveRecordings;
import dev.asyncinspect.sources.RecorderSetting;
import dev.asyncinspect.sources.RecordingFiles;
import dev.asyncinspect.sources.RecordingState;
import dev.asyncinspect.sources.RecordingTail;
import dev.asyncinspect.sources.RecordingWish;
import dev.asyncinspect.sources.SourceException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The sources as the commands use them. */
interface Observations {

    List<JvmProcess> jvms();

    JvmProcess find(String pidOrName) throws SourceException;

    History sample(JvmProcess jvm, LiveJvms.Sampling sampling, ClassFiles classes) throws SourceException;

    History attach(JvmProcess jvm, LiveJvms.Sampling sampling, ClassFiles classes) throws SourceException;

    /** The same, for who comes again: the agent stays there. */
    History attachAndStay(JvmProcess jvm, LiveJvms.Sampling sampling, ClassFiles classes) throws SourceException;

    /** Makes an agent leave that stayed. */
    void leave(JvmProcess jvm, Duration timeout);

    History prove(JvmProcess jvm, Duration timeout, ClassFiles classes, Consumer<String> announce)
            throws SourceException;

    /** Makes it record from now on. */
    RecordingState record(JvmProcess jvm, Duration timeout, RecordingWish wish) throws SourceException;

    /** Makes it stop recording; null if it did not record. */
    @Nullable
    RecordingState stopRecording(JvmProcess jvm, Duration timeout) throws SourceException;

    /** Makes it record until the pace ends that, and keeps what it did in a file. */
    KeptRecording.Kept keep(JvmProcess jvm, Duration timeout, Path file, RecordingWish wish, KeptRecording.Pace pace)
            throws SourceException, InterruptedException;

    /** Keeps what it has recorded so far; null if it does not record. */
    KeptRecording.@Nullable Kept keepSoFar(JvmProcess jvm, Duration timeout, Path file) throws SourceException;

    /** How its recording stands; null if it has no agent. */
    @Nullable
    RecordingState recording(JvmProcess jvm, Duration timeout) throws SourceException;

    /** The text that the JVM itself prints of its threads. */
    String threadDump(JvmProcess jvm, Duration timeout) throws SourceException;

    List<History> read(List<Path> files, ClassFiles classes) throws SourceException;

    List<History> read(InputStream stream, ClassFiles classes) throws SourceException;

    /** The same, of recordings the part up to the moment that is asked for. */
    List<History> read(List<Path> files, ClassFiles classes, AtOption at) throws SourceException;

    Recording recording(Path file) throws SourceException;

    /** A recording in numbers, for which it is not kept whole. */
    RecordingTotals recordingTotals(Path file, boolean detailed) throws SourceException;

    /** The same of what a JVM has recorded. */
    RecordingTotals recordedTotals(JvmProcess jvm, Duration timeout, boolean detailed) throws SourceException;

    /** What a JVM that records has recorded so far; null if it does not record. */
    @Nullable
    Recording recordedIfOn(JvmProcess jvm, Duration timeout) throws SourceException;

    /** The part of what a JVM has recorded up to so long after its beginning. */
    Recording recorded(JvmProcess jvm, Duration timeout, Duration until) throws SourceException;

    /** The events that a JVM has recorded and, if wanted, those that are still to come. */
    void events(JvmProcess jvm, Duration timeout, boolean follow, Consumer<? super RecordedEvent> to)
            throws SourceException, InterruptedException;

    /** The part of a recording up to so long after its beginning. */
    Recording recording(Path file, Duration until) throws SourceException;

    /** What a program that is started here would record with. */
    RecorderSetting.Effective settings();

    /** The events of a recording and, if wanted, those that are still to come; false if a part could not be read. */
    boolean events(Path file, boolean follow, Consumer<? super RecordedEvent> to)
            throws SourceException, InterruptedException;

    /** The JVMs and files of this machine. */
    static Observations real() {
        return new Observations() {
            @Override
            public List<JvmProcess> jvms() {
                return LiveJvms.list();
            }

            @Override
            public JvmProcess find(String pidOrName) throws SourceException {
                return LiveJvms.find(pidOrName);
            }

            @Override
            public History sample(JvmProcess jvm, LiveJvms.Sampling sampling, ClassFiles classes)
                    throws SourceException {
                return LiveJvms.sample(jvm, sampling, classes);
            }

            @Override
            public History attach(JvmProcess jvm, LiveJvms.Sampling sampling, ClassFiles classes)
                    throws SourceException {
                return LiveJvms.attach(jvm, sampling, classes);
            }

            @Override
            public History attachAndStay(JvmProcess jvm, LiveJvms.Sampling sampling, ClassFiles classes)
                    throws SourceException {
                return LiveJvms.attachAndStay(jvm, sampling, classes);
            }

            @Override
            public void leave(JvmProcess jvm, Duration timeout) {
                LiveJvms.leave(jvm, timeout);
            }

            @Override
            public History prove(JvmProcess jvm, Duration timeout, ClassFiles classes, Consumer<String> announce)
                    throws SourceException {
                return LiveJvms.prove(jvm, timeout, classes, announce);
            }

            @Override
            public RecordingState record(JvmProcess jvm, Duration timeout, RecordingWish wish) throws SourceException {
                return LiveRecordings.start(jvm, timeout, wish);
            }

            @Override
            public @Nullable RecordingState stopRecording(JvmProcess jvm, Duration timeout) throws SourceException {
                return LiveRecordings.stop(jvm, timeout);
            }

            @Override
            public KeptRecording.Kept keep(
                    JvmProcess jvm, Duration timeout, Path file, RecordingWish wish, KeptRecording.Pace pace)
                    throws SourceException, InterruptedException {
                return KeptRecording.during(jvm, timeout, file, wish, pace);
            }

            @Override
            public KeptRecording.@Nullable Kept keepSoFar(JvmProcess jvm, Duration timeout, Path file)
                    throws SourceException {
                return KeptRecording.soFar(jvm, timeout, file);
            }

            @Override
            public @Nullable RecordingState recording(JvmProcess jvm, Duration timeout) throws SourceException {
                return LiveRecordings.state(jvm, timeout);
            }

            @Override
            public String threadDump(JvmProcess jvm, Duration timeout) throws SourceException {
                return LiveJvms.threadDump(jvm, timeout);
            }

            @Override
            public List<History> read(List<Path> files, ClassFiles classes) throws SourceException {
                return DumpFiles.read(files, new AwaitSites(classes));
            }

            @Override
            public List<History> read(InputStream stream, ClassFiles classes) throws SourceException {
                return DumpFiles.read(stream, "standard input", new AwaitSites(classes));
            }

            @Override
            public List<History> read(List<Path> files, ClassFiles classes, AtOption at) throws SourceException {
                return DumpFiles.read(files, new AwaitSites(classes), file -> at.read(this, file));
            }

            @Override
            public RecorderSetting.Effective settings() {
                return RecorderSetting.effective();
            }

            @Override
            public Recording recording(Path file) throws SourceException {
                return RecordingFiles.read(file);
            }

            @Override
            public RecordingTotals recordingTotals(Path file, boolean detailed) throws SourceException {
                return RecordingFiles.totals(file, detailed);
            }

            @Override
            public RecordingTotals recordedTotals(JvmProcess jvm, Duration timeout, boolean detailed)
                    throws SourceException {
                return LiveRecordings.totals(jvm, timeout, detailed);
            }

            @Override
            public @Nullable Recording recordedIfOn(JvmProcess jvm, Duration timeout) throws SourceException {
                return LiveRecordings.readIfOn(jvm, timeout);
            }

            @Override
            public Recording recorded(JvmProcess jvm, Duration timeout, Duration until) throws SourceException {
                return LiveRecordings.read(jvm, timeout, until);
            }

            @Override
            public void events(JvmProcess jvm, Duration timeout, boolean follow, Consumer<? super RecordedEvent> to)
                    throws SourceException, InterruptedException {
                LiveRecordings.events(jvm, timeout, follow, to);
            }

            @Override
            public Recording recording(Path file, Duration until) throws SourceException {
                return RecordingFiles.read(file, until);
            }

            @Override
            public boolean events(Path file, boolean follow, Consumer<? super RecordedEvent> to)
                    throws SourceException, InterruptedException {
                return follow ? RecordingTail.follow(file, to) : RecordingFiles.events(file, to);
            }
        };
    }
}
