package dev.asyncinspect.agent.recording;

import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.core.fold.FoldLimits;
import dev.asyncinspect.core.fold.Selection;
import dev.asyncinspect.core.recorder.Pump;
import dev.asyncinspect.core.recorder.Recorder;
import dev.asyncinspect.core.recorder.ThreadIds;
import dev.asyncinspect.core.wire.RecordingMessage;
import dev.asyncinspect.integrations.jdk.ClassArchive;
import dev.asyncinspect.integrations.jdk.Extras;
import dev.asyncinspect.integrations.jdk.JdkHooks;
import dev.asyncinspect.integrations.jdk.JvmThreads;
import dev.asyncinspect.weaving.Hook;
import dev.asyncinspect.weaving.HookState;
import dev.asyncinspect.weaving.Weaver;
import dev.asyncinspect.weaving.program.ProgramWeaver;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Recording in this JVM: off, then on, then off again with everything taken out. For one thread at a time. */
public final class Recording {

    /*
     *   off ──start──► on ──stop──► off
     *
     *   start   recorder on, pump running, then the program's classes, then the hooks, woven by a thread beside while all that
     *           they need is loaded; they go live when both are done: no event comes before somebody takes it
     *   stop    hooks out and the bytes verified, recorder off, then the pump takes the rest and ends
     *
     * What was recorded stays readable after stop, until the next start or until we leave.
     */

    /** How much memory the events of the last while take at most, if nobody says. */
    public static final int DEFAULT_MEGABYTES = 16;

    /** The pump knows by it which task a thread runs. Whoever looks folds anew outside, so what has ended is not kept here. */
    private static final FoldLimits FOLD = new FoldLimits(100_000, 100, 10_000);

    /** The pump keeps the last events too; our store keeps more, numbered, so its own memory is as small as can be. */
    private static final long LEAST_FLIGHT_BYTES = 1;

    private final Instrumentation instrumentation;
    private final @Nullable Path to;
    private @Nullable Run run;
    private @Nullable FileRecording file;
    private @Nullable String fileProblem;
    private List<String> leftovers = List.of();

    /** What exists from one start on. */
    private record Run(
            Recorder recorder,
            EventStore store,
            Pump pump,
            Weaver weaver,
            ProgramWeaver program,
            RecordingPlan plan,
            RecordingBudget budget) {

        String text() {
            return plan.text(recorder.rates().oneIn(), budget.part());
        }
    }

    private boolean on;

    /**
     * A recording that is off.
     *
     * @param to file that is recorded to as well, null for none
     */
    public Recording(Instrumentation instrumentation, @Nullable Path to) {
        this.instrumentation = instrumentation;
        this.to = to;
    }

    /**
     * Records from now on; does nothing if it does already.
     *
     * @throws IllegalStateException if this JVM does not let us
     */
    public synchronized void start(RecordingPlan plan) {
        if (on) {
            return;
        }
        String archive = ClassArchive.option(instrumentation);
        if (archive != null) {
            throw new IllegalStateException("this JVM writes an archive of its classes (" + archive
                    + "), and would crash at its end if they were woven: record a run without that option");
        }
        Weaver weaver = Weaver.open(instrumentation, JdkHooks::tested);
        Recorder recorder = Recorder.create();
        recorder.follow(plan.selection().oneIn(), plan.budget() > 0);
        ProgramWeaver program = ProgramWeaver.open(instrumentation, recorder, plan.context());
        EventStore store = new EventStore(plan.eventBytes());
        RecordingBudget budget = new RecordingBudget(recorder, plan.budget());
        Pump pump = new Pump(recorder, limits(plan.selection()), LEAST_FLIGHT_BYTES, budget, plan.selection());
        pump.tee(store);
        recorder.turn(true);
        announceThreads(recorder);
        pump.start();
        run = new Run(recorder, store, pump, weaver, program, plan, budget);
        write(pump);
        leftovers = List.of();
        on = true;
        try {
            Extras extras = new Extras(plan.sites(), plan.locks(), plan.context());
            List<Hook> hooks =
                    JdkHooks.of(recorder, instrumentation, extras, program::isTold); // opens what classes read
            program.install();
            weaver.install(hooks, () -> {
                JdkHooks.rehearse(extras, program::isTold);
                new Reachable(plan).load();
            });
        } catch (RuntimeException | LinkageError e) {
            stop(); // half of it may be in
            throw e;
        }
    }

    /** Who is not known cannot be counted: there is room for as many as are to be followed. */
    private static FoldLimits limits(Selection selection) {
        int most = selection.mostTasks();
        return most == Selection.ANY_NUMBER
                ? FOLD
                : new FoldLimits(Math.max(FOLD.liveTasks(), most), FOLD.endedTasks(), FOLD.resources());
    }

    private void write(Pump pump) {
        if (to != null) {
            try {
                file = FileRecording.begin(pump, to);
            } catch (IOException e) {
                fileProblem = "cannot record to " + to + ": " + e.getMessage();
            }
        }
    }

    /** Why the file that was asked for is not written; null if it is, or if none was. */
    public synchronized @Nullable String fileProblem() {
        return file == null ? fileProblem : file.problem();
    }

    /** Platform threads that are there already; virtual ones are told when they move. */
    private static void announceThreads(Recorder recorder) {
        for (Thread thread : Threads.platformThreads()) {
            if (!JvmThreads.isOne(thread)) {
                long now = recorder.now();
                long id = ThreadIds.of(thread);
                recorder.created(now, id, EventCodes.PLATFORM_THREAD, recorder.symbol("before the recording"), 0);
                recorder.named(now, id, recorder.symbol(thread.getName()), id);
                recorder.pollStart(now, id, id);
            }
        }
    }

    /** Records no more and takes everything out of the program; what could not be restored is told by {@link #state}. */
    public synchronized void stop() {
        Run current = run;
        if (!on || current == null) {
            return;
        }
        List<String> left = new ArrayList<>(current.program.remove());
        left.addAll(current.weaver.remove());
        leftovers = List.copyOf(left);
        current.recorder.turn(false);
        if (file != null) {
            file.close();
            fileProblem = file.problem();
            file = null;
        }
        current.pump.stop();
        on = false;
    }

    /** Whether it records. */
    public synchronized boolean isOn() {
        return on;
    }

    /** How it stands. */
    public synchronized RecordingMessage.State state() {
        Run current = run;
        return new RecordingMessage.State(
                on,
                current == null ? 0 : current.store.count(),
                current == null ? 0 : current.recorder.dropped(),
                String.join("; ", leftovers),
                current == null ? 0 : current.recorder.untold(),
                current == null ? "" : current.text());
    }

    /** The hook table. */
    public synchronized List<RecordingMessage.HookLine> hooks() {
        return run == null
                ? List.of()
                : Stream.concat(run.weaver.hooks().stream(), run.program.hooks().stream())
                        .map(Recording::line)
                        .toList();
    }

    private static RecordingMessage.HookLine line(HookState hook) {
        return new RecordingMessage.HookLine(
                hook.name(), hook.where(), hook.status().name(), hook.detail(), hook.places(), hook.failures());
    }

    /** A reader of the events for one client; null if nothing was ever recorded. */
    public synchronized @Nullable EventReader reader() {
        Run current = run;
        return current == null ? null : new EventReader(current.recorder, current.store);
    }

    /** Whether a reader reads what is recorded now, and not what was before the last start. */
    public synchronized boolean isCurrent(EventReader reader) {
        return run != null && reader.isOf(Objects.requireNonNull(run).store);
    }
}
