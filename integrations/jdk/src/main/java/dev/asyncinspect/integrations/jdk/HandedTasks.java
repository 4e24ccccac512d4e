package dev.asyncinspect.integrations.jdk;

import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.core.recorder.Recorder;
import dev.asyncinspect.core.recorder.ThreadIds;
import dev.asyncinspect.integrations.jdk.TaskTable.Entry;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Tells the lives of tasks that are handed to executors. */
final class HandedTasks {

    /*
     *   handed ──► begun ──► ended
     *     │          └──► rests (a periodic task) ──► begun …
     *     ├──► ended (cancelled in the queue, taken out of it, refused)
     *     └──► begun unannounced: it was handed in before the recording, or there was no room to remember it
     *
     * Several hooks may see one moment: a worker that is older than the recording runs the old code of its loop, and is seen
     * by the methods that the loop calls. The second to come finds the task begun, or gone, and says nothing.
     *
     * Where an executor refuses a task, the task itself is not at hand in a ForkJoinPool, but the thread that handed it in is.
     * So the last task of each thread is kept for as long as no other thread needs its place: weakly, like all.
     */

    private static final int LAST_PLACES = 1024;
    private static final int FAILED_STATE = Insides.constant("java.util.concurrent.FutureTask", "EXCEPTIONAL");
    private static final int CANCELLED_STATE = Insides.constant("java.util.concurrent.FutureTask", "CANCELLED");
    private static final @Nullable VarHandle STATE = Insides.field("java.util.concurrent.FutureTask", "state");
    private static final @Nullable VarHandle OUTCOME = Insides.field("java.util.concurrent.FutureTask", "outcome");

    private final Recorder recorder;
    private final TaskCode code;
    private final Creations creations;
    private final FailedThreads failures;
    private final AwaitedFutures futures;
    private final FailedFutures failedFutures;
    /** Symbols of why a task did not run. */
    private final int refused;

    private final int takenOut;

    private final TaskTable table;
    private final AtomicReferenceArray<@Nullable Entry> lastHanded = new AtomicReferenceArray<>(LAST_PLACES);
    private final AtomicInteger forks = new AtomicInteger();

    HandedTasks(Recorder recorder, TaskCode code, Creations creations, FailedThreads failures, AwaitedFutures futures) {
        this.recorder = recorder;
        table = TaskTable.of(recorder);
        this.code = code;
        this.creations = creations;
        this.failures = failures;
        this.futures = futures;
        failedFutures = new FailedFutures(recorder);
        refused = recorder.symbol("refused by the executor");
        takenOut = recorder.symbol("taken out of the queue of the executor");
    }

    /**
     * The current thread hands a task in.
     *
     * @param kind of task
     * @param runnable whether it may run at once, or waits for its time
     * @return the task, null if it is not told
     */
    @Nullable
    Entry handed(Object task, int kind, boolean runnable) {
        return handed(task, kind, runnable, false);
    }

    /** The current thread hands a task to a ForkJoinPool, or forks it; the task, null if it is not told. */
    @Nullable
    Entry forked(Object task) {
        return handed(task, EventCodes.EXECUTOR_TASK, true, true);
    }

    private @Nullable Entry handed(Object task, int kind, boolean runnable, boolean isFork) {
        long parent = ThreadIds.current();
        int lastPlace = (int) parent & (LAST_PLACES - 1);
        if (code.isTold(task)) {
            lastHanded.lazySet(lastPlace, null);
            return null;
        }
        long id = recorder.newTaskId();
        if (isMadeForOnce(task) && !recorder.follows(id)) {
            lastHanded.lazySet(lastPlace, null);
            recorder.created(0, id, kind, 0, 0);
            return null;
        }
        long now = recorder.now();
        Entry entry = new Entry(task, id);
        entry.submitter = parent;
        entry.isFork = isFork;
        entry.code = code.symbol(task);
        if (!table.add(entry, task)) {
            recorder.countUntold();
            return null;
        }
        if (isFork) {
            forks.incrementAndGet();
        }
        lastHanded.lazySet(lastPlace, entry);
        entry.completes = futures.handed(task, entry.taskId, entry.code);
        creations.told(now, entry.taskId, kind, entry.code, false);
        if (runnable) {
            recorder.woken(now, entry.taskId, EventCodes.SUBMITTED, parent);
        }
        return entry;
    }

    /**
     * Whether an object of this kind is handed in once. Of others one may be in a queue several times, and which of them is begun is known only
     * if all are remembered.
     */
    private static boolean isMadeForOnce(Object task) {
        return task instanceof FutureTask<?>
                || task instanceof ForkJoinTask<?>
                || task instanceof CompletableFuture.AsynchronousCompletionTask;
    }

    /** Whether any forked task is told of that has not ended. */
    boolean anyForks() {
        return forks.get() != 0;
    }

    /** The task that was handed in and nobody has begun; null if there is none. */
    @Nullable
    Entry waiting(Object task) {
        return table.find(task, 0);
    }

    /** The executor refused it. */
    void refused(Object task) {
        cancelled(table.find(task, 0), refused);
    }

    /** The executor refused what the current thread handed in last. */
    void refusedLast() {
        long thread = ThreadIds.current();
        Entry entry = lastHanded.get((int) thread & (LAST_PLACES - 1));
        if (entry != null && entry.submitter == thread && !entry.isRun()) {
            cancelled(entry, refused);
        }
    }

    /** It was taken out of the queue and will not be run from there. */
    void takenOut(Object task) {
        cancelled(table.find(task, 0), takenOut);
    }

    /** It was cancelled before anybody ran it. */
    void cancelled(Object task) {
        cancelled(table.find(task, 0), 0);
    }

    private void cancelled(@Nullable Entry entry, int why) {
        if (entry != null && forget(entry)) {
            recorder.ended(recorder.now(), entry.taskId, EventCodes.CANCELLED, why);
        }
    }

    private boolean forget(Entry entry) {
        boolean forgotten = table.remove(entry);
        if (forgotten && entry.isFork) {
            forks.decrementAndGet();
        }
        if (forgotten) {
            futures.ended(entry);
        }
        return forgotten;
    }

    /** The current thread begins to run it; the task, if nobody was seen to hand it in. */
    @Nullable
    Entry begins(Object task, int kind) {
        return begins(task, kind, false);
    }

    /** A worker of a ForkJoinPool begins to run it, having taken it from a queue. */
    void beginsFork(Object task) {
        begins(task, EventCodes.EXECUTOR_TASK, true);
    }

    private @Nullable Entry begins(Object task, int kind, boolean isFork) {
        long now = recorder.now();
        long thread = ThreadIds.current();
        if (table.find(task, thread) != null) {
            return null;
        }
        Entry entry = table.begin(task, thread);
        boolean announced = entry != null;
        if (entry == null) {
            entry = unannounced(task, thread, isFork);
            if (entry == null) {
                return null;
            }
            entry.completes = futures.handed(task, entry.taskId, entry.code);
            recorder.created(now, entry.taskId, kind, entry.code, 0);
        }
        recorder.pollStart(now, entry.taskId, thread);
        return announced ? null : entry;
    }

    private @Nullable Entry unannounced(Object task, long thread, boolean isFork) {
        if (code.isTold(task) || recorder.rates().leavesOut()) {
            return null; // where some are left out, this is likely one of them
        }
        Entry entry = new Entry(task, recorder.newTaskId());
        entry.isFork = isFork;
        entry.code = code.symbol(task);
        if (!table.add(entry, task)) {
            recorder.countUntold();
            return null;
        }
        if (isFork) {
            forks.incrementAndGet();
        }
        return table.begin(task, thread);
    }

    /** The current thread begins to run it, if it is told of. */
    void beginsIfTold(Object task) {
        long thread = ThreadIds.current();
        Entry entry = table.begin(task, thread);
        if (entry != null) {
            recorder.pollStart(recorder.now(), entry.taskId, thread);
        }
    }

    /** The current thread's task is going to end by that, though it returns. */
    void fails(Object task, @Nullable Object thrown) {
        Entry entry = table.find(task, ThreadIds.current());
        if (entry != null && thrown instanceof Throwable failure) {
            entry.failure = failures.symbol(failure);
        }
    }

    /** The current thread has run it. */
    void ends(Object task, @Nullable Object thrown) {
        long thread = ThreadIds.current();
        Entry entry = table.find(task, thread);
        if (entry == null) {
            return;
        }
        long now = recorder.now();
        if (thrown == null && task instanceof FutureTask<?> && state(task) == 0) {
            recorder.pollEnd(now, entry.taskId, EventCodes.RETURN, thread);
            entry.rest();
        } else if (forget(entry)) {
            int failure = thrown instanceof Throwable error ? failures.symbol(error) : entry.failure;
            end(now, entry, task, failure);
        }
    }

    /** A task that nobody runs is done all the same: somebody cancels or completes it. One that runs ends later. */
    void done(Object future) {
        Entry entry = table.find(future, 0);
        if (entry != null && forget(entry)) {
            end(recorder.now(), entry, future, 0);
        }
    }

    private void end(long now, Entry entry, Object task, int failure) {
        int state = task instanceof FutureTask<?> ? state(task) : 0;
        if (failure != 0) {
            recorder.ended(now, entry.taskId, EventCodes.FAILED, failure);
        } else if (state == FAILED_STATE && OUTCOME != null && OUTCOME.get(task) instanceof Throwable error) {
            recorder.ended(now, entry.taskId, EventCodes.FAILED, failures.symbol(error));
            failedFutures.add(entry, task);
        } else {
            boolean cancelled = state >= CANCELLED_STATE;
            recorder.ended(now, entry.taskId, cancelled ? EventCodes.CANCELLED : EventCodes.COMPLETED, 0);
        }
    }

    /** Somebody asks a FutureTask that is done how it ended. */
    void asked(Object future, long state) {
        if (state == FAILED_STATE && !JvmThreads.isOne(Thread.currentThread())) {
            failedFutures.asked(future, table.any(future));
        }
    }

    /** The state of a FutureTask, 0 while it is not done. */
    private static int state(Object future) {
        return STATE == null ? -1 : (int) STATE.getVolatile(future);
    }

    /** The task that this object is, null if nobody was seen to hand it in or it has ended. */
    @Nullable
    Entry of(Object task) {
        return table.any(task);
    }
}
