package dev.asyncinspect.integrations.jdk;

import dev.asyncinspect.core.recorder.Recorder;
import dev.asyncinspect.integrations.jdk.TaskTable.Entry;
import java.lang.invoke.VarHandle;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** Which future somebody waits for, and which task is going to complete it. */
final class AwaitedFutures {

    /*
     *   FutureTask             is its own work: its task knows who waits
     *   stage of others        is its own task likewise
     *   supplyAsync, runAsync  the work is an object of its own, which forgets its future when it begins, and the future
     *                          never knows it: so the two are put together when the work is handed in
     *   FutureTask that a ForkJoinPool executes    the same of what that wraps it in
     *   any other              has a number from when somebody waits for it until that wait ends because it is complete
     *
     * The last two are in a table by identity, held weakly, and forgotten as soon as they are complete and not when they are
     * collected: a program may wait for a hundred thousand of them a second.
     */

    private static final String FUTURE = "java.util.concurrent.CompletableFuture";
    private static final @Nullable Class<?> SUPPLY = Insides.type(FUTURE + "$AsyncSupply");
    private static final @Nullable Class<?> RUN = Insides.type(FUTURE + "$AsyncRun");
    private static final @Nullable VarHandle OF_SUPPLY = Insides.field(FUTURE + "$AsyncSupply", "dep");
    private static final @Nullable VarHandle OF_RUN = Insides.field(FUTURE + "$AsyncRun", "dep");

    private static final String EXECUTED_NAME = "java.util.concurrent.ForkJoinTask$RunnableExecuteAction";
    private static final @Nullable Class<?> EXECUTED = Insides.type(EXECUTED_NAME);
    private static final @Nullable VarHandle OF_EXECUTED = Insides.field(EXECUTED_NAME, "runnable");

    private final Recorder recorder;
    private final Stages stages;
    private final int unnamed;
    private final TaskTable table;

    AwaitedFutures(Recorder recorder, Stages stages) {
        this.recorder = recorder;
        this.stages = stages;
        table = stages.others();
        unnamed = recorder.symbol("CompletableFuture");
    }

    /**
     * The work of a stage was handed in.
     *
     * @param work what executors run
     * @param code symbol of what the task runs
     * @return the future that it completes, null if it is no such work or there is no room
     */
    @Nullable
    Entry handed(Object work, long taskId, int code) {
        Class<?> type = work.getClass();
        VarHandle field = type == SUPPLY ? OF_SUPPLY : type == RUN ? OF_RUN : type == EXECUTED ? OF_EXECUTED : null;
        Object future = field == null ? null : field.get(work);
        if (future == null || (type == EXECUTED && !(future instanceof FutureTask<?>))) {
            return null;
        }
        return add(future, taskId, code);
    }

    /** What completes a future that is known by then; null if nobody is. */
    @Nullable
    Entry known(Object future) {
        return table.any(future);
    }

    /** Who waits for this future is to be told by that label. */
    void labelled(Object future, int label) {
        if (!Stages.isDone(future)) {
            Entry entry = entry(future, label);
            AwaitedFuture known = entry == null ? null : AwaitedFuture.of(entry, recorder);
            if (known != null) {
                known.label = label;
            }
        }
    }

    /** The current thread is going to wait for this future; null if there is no room to keep its number, or it is complete by now. */
    @Nullable
    AwaitedFuture awaited(Object future) {
        Entry entry = entry(future, unnamed);
        return entry == null ? null : told(entry);
    }

    /** The current thread is going to wait for the future that this task is; null if it has ended by now. */
    @Nullable
    AwaitedFuture told(Entry task) {
        AwaitedFuture known = AwaitedFuture.of(task, recorder);
        if (known != null) {
            known.tell(recorder);
        }
        return known;
    }

    private @Nullable Entry entry(Object future, int name) {
        Entry stage = stages.of(future);
        Entry known = stage == null ? table.any(future) : stage;
        return known == null ? add(future, 0, name) : known;
    }

    private @Nullable Entry add(Object future, long work, int code) {
        Entry added = new Entry(future, work);
        added.code = code;
        return table.add(added, future) ? added : null;
    }

    /** The current thread no longer waits for it. */
    void noLongerAwaited(Object future) {
        Entry known = Stages.isDone(future) ? table.any(future) : null;
        if (known != null) {
            over(known);
        }
    }

    /** The future is complete, or nobody is left to do its work. */
    private void over(Entry future) {
        table.remove(future);
        AwaitedFuture.over(future, recorder);
    }

    /** A task has ended. */
    void ended(Entry task) {
        if (task.completes == null) {
            AwaitedFuture.over(task, recorder);
        } else {
            over(task.completes);
        }
    }
}
