package dev.asyncinspect.agent.jdk;

import dev.asyncinspect.core.rows.Relation;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** Reads futures: who runs them, who waits for them, which others depend on them, and the work that completes them. */
final class FutureReader implements ObjectReader {

    /*
     * | class                                | says                                                             |
     * |--------------------------------------|------------------------------------------------------------------|
     * | FutureTask                           | DONE, RUNNER, USER_METHOD its callable, EPISODE its wait nodes,  |
     * |                                      | DUE_NANOS if it is scheduled                                     |
     * | CompletableFuture                    | DONE, WAITER its signallers, DEPENDENT what its stages complete  |
     * | CompletableFuture.AsyncSupply, …Run, | COMPLETES the future of the stage, USER_METHOD the function      |
     * |   a stage that was triggered         |                                                                  |
     *
     * A waiting thread shows a Signaller as its blocker, which does not know its future: only the future knows its
     * signallers. So futures are found from the work that will complete them.
     */

    private static final String FUTURE = "java.util.concurrent.CompletableFuture";
    private static final int MOST_STAGES = 10_000;

    private final Threads threads;
    private final UserMethods methods;
    private final FieldReader taskState;
    private final FieldReader runner;
    private final FieldReader callable;
    private final FieldReader due;
    private final @Nullable Class<?> scheduled;
    private final FieldReader waiters;
    private final FieldReader waitingThread;
    private final FieldReader nextWaiter;
    private final FieldReader result;
    private final FieldReader stack;
    private final FieldReader next;
    private final FieldReader signalled;
    private final FieldReader stageTarget;
    private final FieldReader base;
    private final FieldReader[] asyncTargets;
    private final FieldReader[] asyncWorks;
    private final @Nullable Class<?> signaller;
    private final @Nullable Class<?> uni;
    private final @Nullable Class<?> co;
    private final @Nullable Class<?>[] asyncs;

    FutureReader(JdkDoor door, Threads threads, UserMethods methods) {
        this.threads = threads;
        this.methods = methods;
        String task = "java.util.concurrent.FutureTask";
        taskState = door.field(task, "state");
        runner = door.field(task, "runner");
        callable = door.field(task, "callable");
        String delayed = "java.util.concurrent.ScheduledThreadPoolExecutor$ScheduledFutureTask";
        due = door.field(delayed, "time");
        scheduled = door.type(delayed);
        waiters = door.field(task, "waiters");
        waitingThread = door.field(task + "$WaitNode", "thread");
        nextWaiter = door.field(task + "$WaitNode", "next");
        result = door.field(FUTURE, "result");
        stack = door.field(FUTURE, "stack");
        next = door.field(FUTURE + "$Completion", "next");
        signalled = door.field(FUTURE + "$Signaller", "thread");
        stageTarget = door.field(FUTURE + "$UniCompletion", "dep");
        base = door.field(FUTURE + "$CoCompletion", "base");
        signaller = door.type(FUTURE + "$Signaller");
        uni = door.type(FUTURE + "$UniCompletion");
        co = door.type(FUTURE + "$CoCompletion");
        asyncs = new @Nullable Class<?>[] {door.type(FUTURE + "$AsyncSupply"), door.type(FUTURE + "$AsyncRun")};
        asyncTargets =
                new FieldReader[] {door.field(FUTURE + "$AsyncSupply", "dep"), door.field(FUTURE + "$AsyncRun", "dep")};
        asyncWorks =
                new FieldReader[] {door.field(FUTURE + "$AsyncSupply", "fn"), door.field(FUTURE + "$AsyncRun", "fn")};
    }

    @Override
    public boolean read(Object object, Sample sample) {
        if (object instanceof FutureTask<?>) {
            futureTask(object, sample);
        } else if (object instanceof CompletableFuture<?>) {
            completableFuture(object, sample);
        } else if (uni != null && uni.isInstance(object)) {
            sample.link(object, Relation.COMPLETES, stageTarget.get(object));
        } else {
            return async(object, sample);
        }
        return true;
    }

    private void futureTask(Object task, Sample sample) {
        sample.number(task, Relation.DONE, taskState.number(task, 0) > 1 ? 1 : 0); // NEW 0, COMPLETING 1
        Thread running = runner.thread(task);
        if (running != null) {
            sample.threadLink(task, Relation.RUNNER, threads.id(running));
        }
        methods.tell(task, callable.get(task), sample);
        if (scheduled != null && scheduled.isInstance(task) && due.exists()) {
            sample.number(task, Relation.DUE_NANOS, Math.max(0, due.number(task, 0) - System.nanoTime()));
        }
        int steps = 0;
        for (Object node = waiters.get(task); node != null && steps < MOST_STAGES; node = nextWaiter.get(node)) {
            Thread waiting = waitingThread.thread(node);
            if (waiting != null) {
                sample.episode(node, Relation.EPISODE, threads.id(waiting));
            }
            steps++;
        }
    }

    private void completableFuture(Object future, Sample sample) {
        sample.number(future, Relation.DONE, result.get(future) == null ? 0 : 1);
        Deque<Object> completions = new ArrayDeque<>();
        int steps = 0;
        for (Object node = stack.get(future); node != null && steps < MOST_STAGES; node = next.get(node)) {
            completions.add(node);
            steps++;
        }
        for (Object completion : completions) {
            Object stage = co != null && co.isInstance(completion) ? base.get(completion) : completion;
            if (signaller != null && signaller.isInstance(stage)) {
                Thread waiting = signalled.thread(stage);
                if (waiting != null) {
                    sample.threadLink(future, Relation.WAITER, threads.id(waiting));
                }
            } else if (stage != null && uni != null && uni.isInstance(stage)) {
                sample.link(future, Relation.DEPENDENT, stageTarget.get(stage));
            }
        }
    }

    private boolean async(Object object, Sample sample) {
        for (int i = 0; i < asyncs.length; i++) {
            Class<?> type = asyncs[i];
            if (type != null && type.isInstance(object)) {
                sample.link(object, Relation.COMPLETES, asyncTargets[i].get(object));
                methods.tell(object, asyncWorks[i].get(object), sample);
                return true;
            }
        }
        return false;
    }
}
