package dev.asyncinspect.cli;

import dev.asyncinspect.model.History;
import dev.asyncinspect.model.RecordedEvent;
import dev.asyncinspect.model.Recording;
import dev.asyncinspect.model.RecordingTotals;
import dev.asyncinspect.sources.ClassFiles;
import dev.asyncinspect.sources.JvmProcess;
import dev.asyncinspect.sources.KeptRecording;
import dev.asyncinspect.sources.LiveJvms;
import dev.asyncinspect.sources.RecorderSetting;
import dev.asyncinspect.sources.RecordingState;
import dev.asyncinspect.sources.RecordingWish;
import dev.asyncinspect.sources.SourceException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A world with one JVM, {@code 4711 shop.Main}, and one way to read files; remembers what was asked of it. */
class FakeWorld implements Environment, Observations {

    static final JvmProcess SHOP = new JvmProcess(4711, "shop.Main", "ada", "25.0.3", null);

    final Map<String, String> variables = new HashMap<>();
    final List<JvmProcess> jvms = new ArrayList<>(List.of(SHOP));
    final List<Path> filesRead = new ArrayList<>();
    final Screen out = new Screen();
    final Screen err = new Screen();
    final List<History> histories;
    String clinicJar = "";
    String stdin = "the dump";
    boolean terminal;
    int columns;
    LiveJvms.Sampling sampling = new LiveJvms.Sampling(0, Duration.ZERO, Duration.ZERO, false);
    String found = "";
    /** What is seen from closer; null if this JVM takes no agent. */
    @Nullable
    History attached;

    /** What is seen, if it is not always the same. */
    @Nullable
    Supplier<History> seen;

    int attaches;

    /** JVMs in which an agent stays. */
    final Set<Long> staying = new HashSet<>();

    /** What is kept of a recording; null if it cannot be kept, or there is none. */
    KeptRecording.@Nullable Kept kept;

    /** What this JVM has recorded when it is looked at. */
    @Nullable
    Recording recordedLive;

    /** What a recording looks like here, and the one under way. */
    RecordingState recordings = new RecordingState(
            true,
            5012,
            0,
            "",
            List.of(
                    new RecordingState.Hook("thread.started", "java.lang.Thread.start", "ON", "tested", 2, 0),
                    new RecordingState.Hook("pool.ends", "Pool.run", "SKIPPED", "found 0 such places, not 2", 0, 0)));

    @Nullable
    RecordingState underWay;

    /** What keeps a JVM from saying how it records; null if nothing does. */
    @Nullable
    SourceException unanswered;

    /** Whether a recording was to have the lines that submit tasks. */
    RecordingWish wish = RecordingWish.USUAL;

    /** The recording up to a time; null if the files are none. */
    @Nullable
    Function<Duration, Recording> recording;

    /** The same in numbers, with details or without. */
    @Nullable
    Function<Boolean, RecordingTotals> totals;

    final List<RecordedEvent> events = new ArrayList<>();
    Duration until = Duration.ZERO;
    boolean followed;
    boolean whole = true;

    FakeWorld(History... histories) {
        this.histories = List.of(histories);
    }

    int run(String... args) {
        return Cli.run(args, out.stream(), err.stream(), this);
    }

    @Override
    public boolean onTerminal() {
        return terminal;
    }

    @Override
    public int columns() {
        return columns;
    }

    @Override
    public String variable(String name) {
        return variables.getOrDefault(name, "");
    }

    @Override
    public InputStream input() {
        return new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public RecordingState record(JvmProcess jvm, Duration timeout, RecordingWish wanted) {
        wish = wanted;
        underWay = recordings;
        return recordings;
    }

    @Override
    public @Nullable RecordingState stopRecording(JvmProcess jvm, Duration timeout) {
        RecordingState stopped = underWay;
        underWay = null;
        return stopped;
    }

    @Override
    public @Nullable RecordingState recording(JvmProcess jvm, Duration timeout) throws SourceException {
        if (unanswered != null) {
            throw unanswered;
        }
        return underWay;
    }

    @Override
    public Observations observations() {
        return this;
    }

    @Override
    public String version() {
        return "1.2.3";
    }

    @Override
    public String clinicJar() {
        return clinicJar;
    }

    @Override
    public List<JvmProcess> jvms() {
        return jvms;
    }

    @Override
    public JvmProcess find(String pidOrName) throws SourceException {
        found = pidOrName;
        if (pidOrName.equals("nobody")) {
            throw new SourceException(SourceException.Reason.UNREACHABLE, "no JVM is called 'nobody'\nand more");
        }
        return SHOP;
    }

    @Override
    public History sample(JvmProcess jvm, LiveJvms.Sampling given, ClassFiles classes) {
        sampling = given;
        return seen == null ? histories.get(0) : seen.get();
    }

    @Override
    public History attach(JvmProcess jvm, LiveJvms.Sampling given, ClassFiles classes) throws SourceException {
        sampling = given;
        attaches++;
        if (attached == null) {
            throw new SourceException(SourceException.Reason.UNREACHABLE, "takes no agent\nand more");
        }
        return attached;
    }

    @Override
    public History prove(JvmProcess jvm, Duration timeout, ClassFiles classes, Consumer<String> announce) {
        announce.accept("about 12 MB");
        return histories.get(0);
    }

    @Override
    public String threadDump(JvmProcess jvm, Duration timeout) {
        return "the text of " + jvm.pid() + "\n";
    }

    @Override
    public List<History> read(List<Path> files, ClassFiles classes) throws SourceException {
        filesRead.addAll(files);
        if (files.contains(Path.of("broken"))) {
            throw new SourceException(SourceException.Reason.UNREADABLE, "broken: is no thread dump");
        }
        if (files.contains(Path.of("bug"))) {
            throw new IllegalStateException("a bug");
        }
        if (files.contains(Path.of("overflow"))) {
            throw new StackOverflowError();
        }
        return histories;
    }

    @Override
    public List<History> read(InputStream stream, ClassFiles classes) {
        filesRead.add(Path.of("-"));
        return histories;
    }

    @Override
    public List<History> read(List<Path> files, ClassFiles classes, AtOption at) throws SourceException {
        return recording == null ? read(files, classes) : List.of(History.of(at.read(this, files.get(0))));
    }

    @Override
    public RecorderSetting.Effective settings() {
        return new RecorderSetting.Effective(
                List.of(new RecorderSetting("sample", "10", "mode production")),
                variables.containsKey("WRONG") ? List.of("the setting sample must be a number: x") : List.of());
    }

    @Override
    public Recording recording(Path file) throws SourceException {
        return recording(file, Duration.ofNanos(Long.MAX_VALUE));
    }

    @Override
    public RecordingTotals recordingTotals(Path file, boolean detailed) throws SourceException {
        recording(file);
        return Objects.requireNonNull(totals).apply(detailed);
    }

    @Override
    public RecordingTotals recordedTotals(JvmProcess jvm, Duration timeout, boolean detailed) throws SourceException {
        requireRecording(jvm);
        return Objects.requireNonNull(totals).apply(detailed);
    }

    @Override
    public @Nullable Recording recordedIfOn(JvmProcess jvm, Duration timeout) {
        return recordedLive;
    }

    @Override
    public Recording recorded(JvmProcess jvm, Duration timeout, Duration given) throws SourceException {
        requireRecording(jvm);
        until = given;
        return Objects.requireNonNull(recording).apply(given);
    }

    private void requireRecording(JvmProcess jvm) throws SourceException {
        if (recording == null) {
            throw new SourceException(SourceException.Reason.UNREACHABLE, "process " + jvm.pid() + " does not record");
        }
        found = "recording of " + jvm.pid();
    }

    @Override
    public void events(JvmProcess jvm, Duration timeout, boolean follow, Consumer<? super RecordedEvent> to)
            throws SourceException {
        requireRecording(jvm);
        followed = follow;
        events.forEach(to);
    }

    @Override
    public History attachAndStay(JvmProcess jvm, LiveJvms.Sampling given, ClassFiles classes) throws SourceException {
        staying.add(jvm.pid());
        if (seen != null) {
            attaches++;
            return seen.get();
        }
        return attach(jvm, given, classes);
    }

    @Override
    public void leave(JvmProcess jvm, Duration timeout) {
        staying.remove(jvm.pid());
    }

    @Override
    public KeptRecording.Kept keep(
            JvmProcess jvm, Duration timeout, Path file, RecordingWish wanted, KeptRecording.Pace pace)
            throws SourceException {
        wish = wanted;
        if (kept == null) {
            throw new SourceException(SourceException.Reason.UNREADABLE, "cannot keep it in " + file);
        }
        return kept;
    }

    @Override
    public KeptRecording.@Nullable Kept keepSoFar(JvmProcess jvm, Duration timeout, Path file) throws SourceException {
        if (kept != null) {
            try {
                Files.writeString(file, "recording of " + jvm.pid());
            } catch (IOException e) {
                throw new SourceException(SourceException.Reason.UNREADABLE, "cannot keep it in " + file, e);
            }
        }
        return kept;
    }

    @Override
    public Recording recording(Path file, Duration until) throws SourceException {
        filesRead.add(file);
        this.until = until;
        if (recording == null) {
            throw new SourceException(SourceException.Reason.UNREADABLE, file + " is no recording of async-inspect");
        }
        return recording.apply(until);
    }

    @Override
    public boolean events(Path file, boolean follow, Consumer<? super RecordedEvent> to) throws SourceException {
        recording(file);
        followed = follow;
        events.forEach(to);
        return whole;
    }
}
