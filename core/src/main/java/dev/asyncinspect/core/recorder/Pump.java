package dev.asyncinspect.core.recorder;

import dev.asyncinspect.core.TaskCounts;
import dev.asyncinspect.core.TaskInfo;
import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.core.event.EventDecoder;
import dev.asyncinspect.core.event.EventEncoder;
import dev.asyncinspect.core.event.EventHandler;
import dev.asyncinspect.core.event.SlotSink;
import dev.asyncinspect.core.event.TaskIds;
import dev.asyncinspect.core.fold.FoldLimits;
import dev.asyncinspect.core.fold.ResourceInfo;
import dev.asyncinspect.core.fold.Selection;
import dev.asyncinspect.core.fold.SiteTimes;
import dev.asyncinspect.core.fold.TaskFold;
import dev.asyncinspect.core.recording.RecordingLimits;
import dev.asyncinspect.core.recording.RecordingWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The one thread that takes the events out of the rings of a recorder, folds them, keeps the last ones, and hands them on. */
public final class Pump {

    /* A pass: look at the clock, empty the rings, then see how many events were dropped so far, then fold in the order of time. A drop is told
     * to the fold before the events of its pass, for the tasks that end in it, and again, as 0 events, after them and after those of the next
     * pass, which were kept back, for the tasks that are created there. So whoever could have lost one is marked, and some others who lived at
     * that time. Never the other way round: a task is never whole in the books when it is not.
     *
     * An event is written on after it was folded, with the task in place of the thread (decision 11). The order of the locks: only this
     * one is ever held. It guards the fold and the flight recorder, and is never asked for by the program's threads unless
     * they ask for tasks. What stats() returns is published through a volatile field after each pass. */

    private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long CLOCK_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Recorder recorder;
    private final FoldLimits limits;
    private final Selection selection;
    /** What of the events is handed on; null for all. Guarded by the lock. */
    private final @Nullable SelectedEvents selected;

    private final SlotSink handedOn = this::handOn;
    private final ReentrantLock lock = new ReentrantLock();
    /** Guarded by the lock, as the next three. */
    private TaskFold fold;

    private final FlightRecorder flight;
    private final SlotBuffer buffer = new SlotBuffer();
    private long droppedBefore;
    /** Whether events were dropped in the pass before. */
    private boolean lostBefore;

    private long nextClockNanos = Long.MIN_VALUE;
    /** How long the thread was in its passes; written by it alone, which nearly always is the one that reads it, too. */
    private volatile long busyNanos;

    private final LoadMeter load;
    private final List<SlotSink> sinks = new CopyOnWriteArrayList<>();
    private volatile TaskCounts counts;
    private volatile boolean stopped = true;
    private @Nullable Thread thread;

    /** For events of the pump's own: drops and the clock. */
    private final EventEncoder own = new EventEncoder() {
        @Override
        public void slot(long head, long nanos, long taskId, long argument) {
            take(head, nanos, taskId, argument);
        }
    };

    /**
     * A pump that does not run yet.
     *
     * @param recorder whose events
     * @param limits how many tasks are followed
     * @param flightBytes memory of the flight recorder
     */
    public Pump(Recorder recorder, FoldLimits limits, long flightBytes) {
        this(recorder, limits, flightBytes, (events, pumpNanos, nanos) -> {}, Selection.ALL);
    }

    /**
     * A pump that does not run yet.
     *
     * @param recorder whose events
     * @param limits how many tasks are followed
     * @param flightBytes memory of the flight recorder
     * @param load is told how much is recorded
     * @param selection what is kept and handed on of what is recorded; which tasks are followed the recorder says
     */
    public Pump(Recorder recorder, FoldLimits limits, long flightBytes, Load load, Selection selection) {
        this.recorder = recorder;
        this.load = new LoadMeter(load);
        this.limits = limits;
        this.selection = selection;
        selected = selection.isAll() && recorder.followsAll() ? null : new SelectedEvents(selection, recorder.rates());
        fold = newFold();
        flight = new FlightRecorder(flightBytes);
        counts = fold.counts();
    }

    private TaskFold newFold() {
        return new TaskFold(limits, recorder.symbols(), selection, recorder.rates());
    }

    /** Starts the thread, a daemon, unless it runs. */
    public synchronized void start() {
        if (!stopped) {
            return;
        }
        stopped = false;
        Thread pumping = PumpThread.of(this::run);
        thread = pumping;
        recorder.reader(pumping);
        pumping.start();
    }

    /** Ends the thread after it took what is there; waits for it. */
    public synchronized void stop() {
        Thread pumping = thread;
        if (stopped || pumping == null) {
            return;
        }
        stopped = true;
        recorder.reader(null);
        LockSupport.unpark(pumping);
        boolean interrupted = false;
        while (pumping.isAlive()) {
            try {
                pumping.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        thread = null;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        long busy = busyNanos;
        while (!stopped) {
            long begin = recorder.now();
            int taken = pass();
            busy += recorder.now() - begin;
            busyNanos = busy;
            if (taken < recorder.manyEvents()) {
                LockSupport.parkNanos(this, IDLE_NANOS);
            }
        }
        flush();
        lock.lock();
        try {
            tellLeftOut(recorder.now());
        } finally {
            lock.unlock();
        }
    }

    /** Takes in everything that was written before this call. */
    public void flush() {
        long from = recorder.now();
        pass();
        while (recorder.now() == from) {
            Thread.onSpinWait(); // what was written in this very nanosecond is kept back by one pass
        }
        pass();
    }

    /** Events were not taken for a while: whoever lives may have lost some. */
    public void missed() {
        lock.lock();
        try {
            own.dropped(recorder.now(), EventCodes.BUFFER_FULL, 0);
        } finally {
            lock.unlock();
        }
    }

    private int pass() {
        lock.lock();
        try {
            long before = recorder.now();
            int taken = recorder.drain(buffer);
            long dropped = recorder.dropped();
            if (before >= nextClockNanos || nextClockNanos == Long.MIN_VALUE) {
                load.tell(
                        before,
                        fold.counts().events() + dropped,
                        busyNanos); // what is dropped has cost its time as well
                nextClockNanos = before + CLOCK_EVERY_NANOS;
                own.clock(before, epochNanos());
                tellLeftOut(before);
            }
            boolean lost = dropped != droppedBefore;
            if (lost) {
                own.dropped(before, EventCodes.BUFFER_FULL, dropped - droppedBefore);
                droppedBefore = dropped;
            }
            buffer.drain(before, this::take);
            if (lost || lostBefore) {
                own.dropped(before, EventCodes.BUFFER_FULL, 0);
            }
            lostBefore = lost;
            counts = fold.counts();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private static long epochNanos() {
        Instant now = Instant.now();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }

    private void tellLeftOut(long nanos) {
        if (selected != null) {
            selected.tell(nanos, fold.leftOut() + recorder.unwritten(), own);
        }
    }

    private void take(long head, long nanos, long taskId, long argument) {
        long resolved = TaskIds.resolvedTask(head, taskId, fold::resolve);
        long resolvedArgument = TaskIds.resolvedArgument(head, argument, fold::resolve);
        if (selected == null) {
            EventDecoder.decode(head, nanos, taskId, argument, fold);
            handOn(head, nanos, resolved, resolvedArgument);
        } else {
            selected.take(head, nanos, taskId, argument, resolved, resolvedArgument, fold, handedOn);
        }
    }

    private void handOn(long head, long nanos, long taskId, long argument) {
        flight.slot(head, nanos, taskId, argument);
        for (SlotSink sink : sinks) {
            sink.slot(head, nanos, taskId, argument);
        }
    }

    /** The numbers as of the last pass, at most some ten milliseconds old. */
    public TaskCounts counts() {
        return counts;
    }

    /** One task, as it is now. */
    public @Nullable TaskInfo task(long taskId) {
        flush();
        lock.lock();
        try {
            return fold.task(taskId, recorder.now());
        } finally {
            lock.unlock();
        }
    }

    /** All tasks, as they are now. */
    public List<TaskInfo> tasks() {
        flush();
        lock.lock();
        try {
            return fold.tasks(recorder.now());
        } finally {
            lock.unlock();
        }
    }

    /** All locks, channels and the like, as they are now. */
    public List<ResourceInfo> resources() {
        flush();
        lock.lock();
        try {
            return fold.resources();
        } finally {
            lock.unlock();
        }
    }

    /** How long things took, by place. */
    public List<SiteTimes> times() {
        flush();
        lock.lock();
        try {
            return fold.times();
        } finally {
            lock.unlock();
        }
    }

    /** Hands over the last events, oldest first, after the names of who was there before them. */
    public void flight(EventEncoder to) {
        flush();
        lock.lock();
        try {
            if (flight.evicted() > 0) {
                long begin = flight.beginNanos();
                fold.introduce(begin, to);
                to.dropped(begin, EventCodes.EVICTED, flight.evicted());
            }
            flight.forEach(to);
        } finally {
            lock.unlock();
        }
    }

    /** How many events the flight recorder had to forget. */
    public long flightEvicted() {
        lock.lock();
        try {
            return flight.evicted();
        } finally {
            lock.unlock();
        }
    }

    /** Every event from now on goes to this sink too, on the pump's own thread, which it must never hold up. */
    public void tee(SlotSink sink) {
        sinks.add(sink);
    }

    /** Every event from now on goes to this handler, on a thread of its own. */
    public Subscription subscribe(EventHandler handler) {
        Subscription[] self = new Subscription[1];
        Subscription subscription = new Subscription(handler, () -> sinks.remove(self[0]));
        self[0] = subscription;
        sinks.add(subscription);
        return subscription;
    }

    /**
     * Writes every event from now on to a file, beginning with what lives now. Close the recording before the pump stops.
     *
     * @param path the file
     * @param recordingLimits how large, and how many
     */
    public Recording record(Path path, RecordingLimits recordingLimits) throws IOException {
        flush();
        lock.lock();
        try {
            RecordingWriter writer =
                    RecordingWriter.create(path, recordingLimits, recorder.symbols(), this::checkpoint);
            writer.clock(recorder.now(), epochNanos());
            sinks.add(writer);
            return new Recording(this, writer);
        } finally {
            lock.unlock();
        }
    }

    /** How each file begins. */
    private void checkpoint(EventEncoder to) {
        long now = recorder.now();
        fold.checkpoint(now, to);
        if (selected != null) {
            selected.introduce(now, to);
        }
    }

    void end(RecordingWriter writer) {
        flush();
        lock.lock();
        try {
            tellLeftOut(recorder.now());
            if (sinks.remove(writer)) {
                writer.close();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Forgets all tasks and events so far; symbols and ids stay. */
    public void reset() {
        flush();
        lock.lock();
        try {
            fold = newFold();
            flight.clear();
            nextClockNanos = Long.MIN_VALUE;
            counts = fold.counts();
        } finally {
            lock.unlock();
        }
    }
}
