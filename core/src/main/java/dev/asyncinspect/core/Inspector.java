package dev.asyncinspect.core;

import dev.asyncinspect.core.event.Event;
import dev.asyncinspect.core.event.EventCollector;
import dev.asyncinspect.core.event.EventDecoder;
import dev.asyncinspect.core.event.EventEncoder;
import dev.asyncinspect.core.event.EventHandler;
import dev.asyncinspect.core.event.EventLayout;
import dev.asyncinspect.core.event.Symbols;
import dev.asyncinspect.core.fold.FoldLimits;
import dev.asyncinspect.core.fold.ResourceInfo;
import dev.asyncinspect.core.fold.Selection;
import dev.asyncinspect.core.fold.SiteTimes;
import dev.asyncinspect.core.recorder.Budget;
import dev.asyncinspect.core.recorder.Pump;
import dev.asyncinspect.core.recorder.Recorder;
import dev.asyncinspect.core.recorder.Recording;
import dev.asyncinspect.core.recorder.Subscription;
import dev.asyncinspect.core.recording.RecordingLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What every task of this program does: {@code Inspector.global().enable()}, then ask. */
public final class Inspector {

    /* The recorder is a constant, so that the compiler sees through to its fields. What is done with the events (limits, memory) belongs to
     * the pump, which is made anew when that is configured.
     *
     * Off is the beginning: the pump has no thread, nothing reads the clock, nothing is allocated. */

    static final Recorder RECORDER = Recorder.global();
    static final Sampling SAMPLING = new Sampling();

    private static final Inspector GLOBAL = new Inspector();

    private final Object lock = new Object();
    private final Budget budget = new Budget();
    /** Whether it has been switched off since something was recorded. Guarded by the lock. */
    private boolean wasOff;

    private volatile Configuration configuration = Configuration.of(Mode.DEVELOPMENT);
    private volatile Pump pump = pump(configuration);

    private Inspector() {}

    /** The one of this program. The first call reads the configuration, see {@link Settings}. */
    public static Inspector global() {
        return Configured.INSPECTOR;
    }

    /** Configured once, by the first one who asks, and not when some tracked work is merely loaded. */
    private static final class Configured {
        static final Inspector INSPECTOR = configured();

        private static Inspector configured() {
            GLOBAL.configure(Settings.read());
            return GLOBAL;
        }
    }

    private Pump pump(Configuration configuration) {
        FoldLimits limits = new FoldLimits(
                configuration.maxLiveTasks(), configuration.maxEndedTasks(), FoldLimits.DEFAULT.resources());
        return new Pump(
                RECORDER,
                limits,
                configuration.maxEventBytes(),
                (events, pumpNanos, nanos) ->
                        budget.spent(events, pumpNanos, nanos, this.configuration.overheadBudget(), SAMPLING),
                Selection.ALL);
    }

    /** From now on tasks are followed. */
    public void enable() {
        synchronized (lock) {
            if (wasOff) {
                pump.missed(); // what lived when it was switched off may be over
                wasOff = false;
            }
            pump.start();
            RECORDER.turn(true);
        }
    }

    /**
     * From now on nothing is recorded any longer; what is known stays, and so do recordings. Tasks that live then are marked incomplete
     * when it is enabled again.
     */
    public void disable() {
        synchronized (lock) {
            wasOff = true;
            RECORDER.turn(false);
            pump.stop();
        }
    }

    /** True while tasks are followed. */
    public boolean isEnabled() {
        return RECORDER.isTurnedOn();
    }

    /** How it is configured. */
    public Configuration configuration() {
        return configuration;
    }

    /** Configures anew. Limits and memory take effect by forgetting what is known so far; what else changes does not. */
    public void configure(Configuration wanted) {
        synchronized (lock) {
            Configuration before = configuration;
            SAMPLING.configure(wanted.sampleOneIn());
            RECORDER.followed().isNeeded(wanted.sampleOneIn() > 1 || wanted.overheadBudget() > 0);
            Sites.wanted(wanted.creationSites());
            RECORDER.turnAwaits(wanted.trackAwaits());
            configuration = wanted;
            if (before.maxLiveTasks() != wanted.maxLiveTasks()
                    || before.maxEndedTasks() != wanted.maxEndedTasks()
                    || before.maxEventBytes() != wanted.maxEventBytes()) {
                Pump old = pump;
                old.stop();
                pump = pump(wanted);
                if (RECORDER.isTurnedOn()) {
                    pump.start();
                }
            }
            if (wanted.enabled() && !RECORDER.isTurnedOn()) {
                enable();
            }
        }
    }

    /** How many tasks in which state: at most a tenth of a second old, and as quick as reading a field. */
    public TaskCounts stats() {
        return pump.counts();
    }

    /** All tasks that are known, by id. */
    public List<TaskInfo> tasks() {
        return tasks(TaskQuery.ALL);
    }

    /** Tasks that a query selects, in its order. */
    public List<TaskInfo> tasks(TaskQuery query) {
        return query.apply(pump.tasks());
    }

    /** Tasks whose creator is no task that is known, by id. */
    public List<TaskInfo> roots() {
        List<TaskInfo> all = tasks();
        Set<Long> known = all.stream().map(TaskInfo::id).collect(Collectors.toSet());
        return all.stream().filter(task -> !known.contains(task.parentId())).toList();
    }

    /** One task; null if it is not known, or forgotten. */
    public @Nullable TaskInfo task(long taskId) {
        return pump.task(taskId);
    }

    /** Locks, channels and the like that were told of, and who holds them. */
    public List<ResourceInfo> resources() {
        return pump.resources();
    }

    /** How long tasks ran, waited to run, and waited, by place. */
    public List<SiteTimes> times() {
        return pump.times();
    }

    /** The last events of a task, oldest first. */
    public List<Event> events(long taskId) {
        return events(id -> id == taskId);
    }

    /** The last events, oldest first. */
    public List<Event> events() {
        return events(id -> true);
    }

    private List<Event> events(LongPredicate wanted) {
        List<Event> events = new ArrayList<>();
        EventCollector collector = new EventCollector(events::add);
        pump.flight(new EventEncoder() {
            @Override
            public void slot(long head, long nanos, long taskId, long argument) {
                if (wanted.test(taskId)) {
                    EventDecoder.decode(head, nanos, taskId, argument, collector);
                }
            }
        });
        return events;
    }

    /** The texts of the symbols in events. */
    public Symbols symbols() {
        return RECORDER.symbols();
    }

    /** Every event from now on goes to this handler, on a thread of its own; one who is slow loses some and is told. Close it to end it. */
    public Subscription subscribe(EventHandler handler) {
        return pump.subscribe(handler);
    }

    /** Writes every event from now on to a file; close the recording to end it. */
    public Recording record(Path path, RecordingLimits limits) throws IOException {
        return pump.record(path, limits);
    }

    /** Forgets all tasks and events so far. */
    public void reset() {
        pump.reset();
    }

    /** Measures what recording costs on this machine, now; takes some tens of milliseconds. */
    public Overhead measureOverhead() {
        return Overhead.measure();
    }

    /** Tasks that are no thread have ids from here on. */
    public static boolean isThread(long taskId) {
        return taskId < EventLayout.FIRST_TASK_ID;
    }
}
