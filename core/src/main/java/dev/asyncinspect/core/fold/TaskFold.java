package dev.asyncinspect.core.fold;

import dev.asyncinspect.core.TaskCounts;
import dev.asyncinspect.core.TaskInfo;
import dev.asyncinspect.core.TaskState;
import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.core.event.EventHandler;
import dev.asyncinspect.core.event.Symbols;
import dev.asyncinspect.core.fold.TaskRecord.AwaitRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What is known of every task, from its events: {@code EventDecoder.decode(..., fold)} for each, then ask. Bounded. Not for several threads:
 * whoever shares a fold guards it.
 */
public final class TaskFold implements EventHandler {

    /* Events are expected in the order of time, give or take what two threads need to write theirs down; nothing here depends on it for more
     * than that much of somebody's time. A task that was never created here is one whose creation was dropped, or a thread that nobody
     * told of. The first is followed, and incomplete. The second is followed while it waits, and forgotten afterwards, since nobody
     * will tell when it ends.
     *
     * Both the library and the agent may tell of a thread. What comes second finds the task in that state already and changes nothing. */

    private final Symbols symbols;
    private final Selection selection;
    private final Running running = new Running();
    private final SiteTimes.Table times = new SiteTimes.Table();
    private final Lives lives;
    private final Holdings holdings;
    private long events;
    private long dropped;
    private long leftOut;
    private long clockNanos;
    private long clockEpochNanos;

    /**
     * An empty fold.
     *
     * @param limits how much it keeps
     * @param symbols the texts of the events
     */
    public TaskFold(FoldLimits limits, Symbols symbols) {
        this(limits, symbols, Selection.ALL, new SampleRates(1));
    }

    /**
     * An empty fold that knows which tasks are followed.
     *
     * @param limits how much it keeps
     * @param symbols the texts of the events
     * @param selection what is told of what it knows, by {@link #follows} and {@link #checkpoint}
     * @param rates which tasks are followed, in place of the one rate in the selection
     */
    public TaskFold(FoldLimits limits, Symbols symbols, Selection selection, SampleRates rates) {
        this.symbols = symbols;
        this.selection = selection;
        lives = new Lives(limits, times, running, selection, rates);
        holdings = new Holdings(limits.resources());
    }

    /** The task that this id means at this point of the events: what the thread runs, else the id itself. */
    public long resolve(long id) {
        return running.resolve(id);
    }

    /** Whether this task, or thread, is known. */
    public boolean knows(long taskId) {
        return lives.get(taskId) != null;
    }

    /** Whether what this task does is to be told. */
    public boolean follows(long taskId) {
        return lives.follows(taskId);
    }

    /** How many tasks were created that are not followed. */
    public long leftOut() {
        return leftOut;
    }

    /** Whether this task waits, and runs only when that is over. */
    public boolean isStoppedByAwait(long taskId) {
        TaskRecord task = lives.get(taskId);
        return task != null && task.await != null && task.await.endsPoll();
    }

    /** The tasks that this thread runs, innermost first: its polls are theirs. */
    public void forEachOn(long threadId, LongConsumer to) {
        for (TaskRecord inner = running.on(threadId); inner != null; inner = inner.below) {
            to.accept(inner.id);
        }
    }

    @Override
    public void created(long nanos, long taskId, int kind, int site, long parentId) {
        events++;
        TaskRecord known = lives.get(taskId);
        TaskRecord task = known == null ? lives.add(taskId, nanos) : known;
        if (task == null || task.kind != 0) {
            leftOut += task == null ? 1 : 0;
            return;
        }
        leftOut += task.leftOut ? 1 : 0;
        task.kind = kind;
        task.site = site;
        task.visitor = false;
        long parent = running.resolve(parentId);
        task.parentId = parent == taskId ? 0 : parent;
    }

    @Override
    public void named(long nanos, long taskId, int name, long runtimeId) {
        events++;
        TaskRecord task = lives.get(taskId);
        if (task != null) {
            task.name = name;
            task.runtimeId = runtimeId;
        }
    }

    @Override
    public void pollStart(long nanos, long taskId, long threadId) {
        events++;
        TaskRecord task = lives.getOrAdd(taskId, nanos);
        if (task == null) {
            runThoseOn(taskId, nanos);
            return;
        }
        if (task.state.isOver()) {
            return;
        }
        if (task.state == TaskState.RUNNING && task.threadId != threadId) {
            lives.pause(task, TaskState.BLOCKED, nanos); // the end of that poll comes from another thread, and is late
        }
        noLongerStopped(task, nanos);
        lives.run(task, nanos);
        running.enter(threadId, task, lives.drops());
        runThoseOn(taskId, nanos);
    }

    private void runThoseOn(long threadId, long nanos) {
        for (TaskRecord inner = running.on(threadId); inner != null; inner = inner.below) {
            noLongerStopped(inner, nanos);
            lives.run(inner, nanos);
        }
    }

    @Override
    public void pollEnd(long nanos, long taskId, int reason, int label, long threadId) {
        events++;
        TaskRecord task = lives.get(taskId);
        if (task != null && (task.threadId != threadId || task.state.isOver())) {
            return;
        }
        TaskState next = reason == EventCodes.YIELD ? TaskState.SCHEDULED : TaskState.BLOCKED;
        if (task != null) {
            lives.pause(task, next, nanos);
            running.leave(task);
            if (lives.isPassing(task)) {
                lives.forget(task);
            }
        }
        for (TaskRecord inner = running.on(taskId); inner != null; inner = inner.below) {
            lives.pause(inner, next, nanos);
        }
        TaskRecord innermost = lives.get(running.resolve(taskId));
        TaskRecord waiting = innermost == null ? task : innermost;
        if (label != 0 && waiting != null) {
            int timed = reason == EventCodes.TIMED_PARK || reason == EventCodes.TIMED_WAIT ? EventCodes.AWAIT_TIMED : 0;
            waiting.await = new AwaitRecord(label, 0, AwaitRecord.UNTIL_WOKEN | timed, nanos, waiting.await);
        }
    }

    /** What a task has waited for since its last poll is over, if its end is not told. */
    private void noLongerStopped(TaskRecord task, long nanos) {
        AwaitRecord await = task.await;
        if (await != null && (await.flags() & AwaitRecord.UNTIL_WOKEN) != 0) {
            times.await(await.label(), nanos - await.nanos());
            task.await = await.around();
        }
    }

    @Override
    public void awaitStart(long nanos, long taskId, int flags, int label, long resourceId) {
        events++;
        long id = running.resolve(taskId);
        TaskRecord known = lives.get(id);
        TaskRecord task = known == null ? lives.visitor(id, nanos) : known;
        if (task == null || task.state.isOver()) {
            return;
        }
        task.await = new AwaitRecord(label, resourceId, flags, nanos, task.await);
        if (task.visitor || (flags & EventCodes.AWAIT_ENDS_POLL) != 0) {
            lives.pause(task, TaskState.BLOCKED, nanos);
        }
    }

    @Override
    public void awaitEnd(long nanos, long taskId, int how, long resourceId) {
        events++;
        TaskRecord task = lives.get(running.resolve(taskId));
        if (task == null) {
            return;
        }
        noLongerStopped(task, nanos); // who tells that an await is over is running
        AwaitRecord await = task.await;
        if (await == null) {
            return;
        }
        if (!await.repeats()) {
            times.await(await.label(), nanos - await.nanos());
        }
        task.await = await.around();
        if (task.visitor && task.await == null) {
            lives.forget(task);
        } else if (await.endsPoll() && !AwaitRecord.anyEndsPoll(task.await)) {
            lives.run(task, nanos);
        }
    }

    @Override
    public void woken(long nanos, long taskId, int how, long wakerId) {
        events++;
        TaskRecord task = lives.get(taskId);
        if (task != null && task.state.isOver()) {
            return;
        }
        if (task != null) {
            wake(task, nanos, how, running.resolve(wakerId));
        }
        for (TaskRecord inner = running.on(taskId); inner != null; inner = inner.below) {
            wake(inner, nanos, how, running.resolve(wakerId));
        }
    }

    private void wake(TaskRecord task, long nanos, int how, long wakerId) {
        noLongerStopped(task, nanos);
        if (how != EventCodes.SUBMITTED) {
            task.wakes++;
            task.lastWakerId = wakerId;
            if (wakerId == task.id || how == EventCodes.YIELDED) {
                task.selfWakes++;
            }
        }
        lives.schedule(task, nanos);
    }

    @Override
    public void ended(long nanos, long taskId, int outcome, int throwable) {
        events++;
        TaskRecord task = lives.get(taskId);
        if (task == null || task.state.isOver()) {
            return;
        }
        running.leave(task);
        if (lives.isPassing(task)) {
            lives.forget(task);
            return;
        }
        task.throwable = throwable;
        lives.end(task, state(outcome), nanos);
    }

    private static TaskState state(int outcome) {
        return switch (outcome) {
            case EventCodes.FAILED -> TaskState.FAILED;
            case EventCodes.CANCELLED -> TaskState.CANCELLED;
            default -> TaskState.COMPLETED;
        };
    }

    @Override
    public void acquired(long nanos, long taskId, int mode, int permits, int site, long resourceId) {
        events++;
        int held = mode & ~EventCodes.TRIED;
        holdings.acquired(nanos, running.resolve(taskId), held, permits, site, resourceId);
    }

    @Override
    public void released(long nanos, long taskId, int mode, int permits, int site, long resourceId) {
        events++;
        holdings.released(running.resolve(taskId), mode, permits, resourceId);
    }

    @Override
    public void resource(long nanos, int kind, int capacity, int name, long resourceId) {
        events++;
        holdings.named(resourceId, kind, capacity, name);
    }

    /** A point changes nothing of a task: it is read from the events. */
    @Override
    public void point(long nanos, long taskId, int label, long message) {
        events++;
    }

    /** A link changes nothing of a task, and is read from the events; but which pool is to run it is told again with its creation. */
    @Override
    public void linked(long nanos, long taskId, int how, int label, long otherId) {
        events++;
        TaskRecord task = how == EventCodes.RUN_BY ? lives.get(taskId) : null;
        if (task != null) {
            task.poolId = otherId;
        }
    }

    @Override
    public void dropped(long nanos, int why, long events) {
        if (EventCodes.isWished(why)) {
            return; // what is told of a task is whole
        }
        dropped += events;
        lives.eventsDropped();
        holdings.doubt();
    }

    @Override
    public void clock(long nanos, long epochNanos) {
        clockNanos = nanos;
        clockEpochNanos = epochNanos;
    }

    /** Nanoseconds since 1970 of a moment on the clock of the events; 0 if no event told. */
    public long epochNanos(long nanos) {
        return clockEpochNanos == 0 ? 0 : clockEpochNanos + (nanos - clockNanos);
    }

    /** One task as it is at this moment; null if it is not known, or forgotten. */
    public @Nullable TaskInfo task(long taskId, long nowNanos) {
        TaskRecord task = lives.get(taskId);
        return task == null ? null : task.at(nowNanos, lives.drops(), symbols);
    }

    /** All tasks that are known, in no order, as they are at this moment. */
    public List<TaskInfo> tasks(long nowNanos) {
        List<TaskInfo> all = new ArrayList<>();
        lives.forEach(task -> all.add(task.at(nowNanos, lives.drops(), symbols)));
        return all;
    }

    /** One lock, channel or the like; null if it is not known. */
    public @Nullable ResourceInfo resource(long resourceId) {
        return holdings.of(resourceId, symbols);
    }

    /** What this task holds of a lock or the like; null if nothing is known of that. */
    public ResourceInfo.@Nullable Holder holder(long resourceId, long taskId, int mode) {
        return holdings.holder(resourceId, taskId, mode, symbols);
    }

    /** All locks, channels and the like, in no order. */
    public List<ResourceInfo> resources() {
        return holdings.all(symbols);
    }

    /** How long things took, by place, in no order. */
    public List<SiteTimes> times() {
        return times.all(symbols);
    }

    /** How many tasks in which state, and how many events. */
    public TaskCounts counts() {
        return lives.counts(events, dropped);
    }

    /** Tells what is alive, as the beginning of a recording that does not reach back: who reads it knows that events are missing. */
    public void checkpoint(long nanos, EventHandler to) {
        new Checkpoint(lives, holdings, selection).tell(nanos, to);
    }

    /** Tells who was there before this moment, without what they did. */
    public void introduce(long beforeNanos, EventHandler to) {
        new Checkpoint(lives, holdings, selection).introduce(beforeNanos, to);
    }
}
