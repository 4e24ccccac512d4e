package dev.asyncinspect.integrations.jdk;

import static dev.asyncinspect.weaving.Capture.argument;
import static dev.asyncinspect.weaving.Capture.constant;
import static dev.asyncinspect.weaving.Capture.field;
import static dev.asyncinspect.weaving.Capture.self;

import dev.asyncinspect.core.event.AwaitCalls;
import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.core.recorder.Recorder;
import dev.asyncinspect.core.recorder.ThreadIds;
import dev.asyncinspect.weaving.Hook;
import dev.asyncinspect.weaving.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Hooks in {@code java.lang.VirtualThread}: created, started, runs, stops and why, runnable and by whom, ended. */
final class VirtualThreadWeaving {

    /*
     * All places lie outside mount transitions: on the carrier before mount and after unmount, or on the thread that
     * creates, starts or wakes. In the bodies of mount, park and yieldContinuation nothing may be called, and monitors
     * bypass the last two. No state is kept: the id of a thread is the id of its task, and who reads the events knows the
     * rest. So nothing leaks, and threads older than the recording are recorded like new ones from their next event.
     *
     * What a thread parks at it has set itself as its blocker, and takes away when it runs again: before mount and after unmount it
     * stands still. The class goes with the end of the poll, which costs no event; what has a number is an await of its own.
     *
     *   <init> exit ──► created      start entry ──► woken (started)
     *   runContinuation, before mount ──► poll starts         on the carrier
     *   afterYield entry ──► poll ends; its state says why    on the carrier
     *   before a call that hands it to the scheduler ──► woken by the current thread
     *   afterDone entry ──► ended, and with it its poll       on the carrier
     *
     * JDK 21 switches a waking virtual thread to its carrier first, so there the waker is read before that; and the timer is
     * known by its name only. On 25 the timer alone asks for a lazy submit.
     */

    private static final String TYPE = "java.lang.VirtualThread";
    private static final String SUBMIT = "submitRunContinuation|lazySubmitRunContinuation"
            + "|externalSubmitRunContinuation|externalSubmitRunContinuationOrThrow";
    private static final int TASK_ARGUMENT = 3;
    private static final String TIMER_THREAD = "VirtualThread-unparker";

    private final Recorder recorder;
    private final TaskCode code;
    private final Creations creations;
    private final FailedThreads failed;
    private final SharedHolds holds;
    private final Joins joins;
    private final byte[] reasons = new byte[128];
    private final byte[] hows = new byte[128];

    VirtualThreadWeaving(
            Recorder recorder,
            TaskCode code,
            Creations creations,
            FailedThreads failed,
            SharedHolds holds,
            Joins joins) {
        this.holds = holds;
        this.joins = joins;
        this.recorder = recorder;
        this.code = code;
        this.creations = creations;
        this.failed = failed;
        means(reasons, "PARKING", EventCodes.PARK);
        means(reasons, "TIMED_PARKING", EventCodes.TIMED_PARK);
        means(reasons, "YIELDING", EventCodes.YIELD);
        means(reasons, "BLOCKING", EventCodes.BLOCK);
        means(reasons, "WAITING", EventCodes.WAIT);
        means(reasons, "TIMED_WAITING", EventCodes.TIMED_WAIT);
        means(hows, "YIELDED", EventCodes.YIELDED);
        means(hows, "UNPARKED", EventCodes.UNPARK);
        means(hows, "UNBLOCKED", EventCodes.MONITOR_FREE);
    }

    private static void means(byte[] meanings, String state, int code) {
        int number = Insides.constant(TYPE, state);
        if (number >= 0 && number < meanings.length) {
            meanings[number] = (byte) code;
        }
    }

    List<Hook> hooks(int feature) {
        List<Hook> hooks = new ArrayList<>();
        hooks.add(hook("created")
                .method("<init>", "(Ljava/util/concurrent/Executor;Ljava/lang/String;ILjava/lang/Runnable;)V")
                .at(Place.exit())
                .handing(self(), argument(TASK_ARGUMENT))
                .to(this::created));
        hooks.add(hook("started")
                .method("start", "(Ljdk/internal/vm/ThreadContainer;)V")
                .to((thread, nothing) -> woken((Thread) thread, EventCodes.SUBMITTED)));
        hooks.add(hook("poll-start")
                .method("runContinuation", "()V")
                .at(Place.beforeCall("mount"))
                .to((thread, nothing) -> runs((Thread) thread)));
        hooks.add(hook("poll-end")
                .method("afterYield", "()V")
                .handing(field("state"), self())
                .toNumber((thread, state) -> stopped((Thread) thread, meaning(reasons, state))));
        hooks.add(hook("runnable-at-once")
                .method("afterYield", "()V")
                .at(Place.beforeCall(SUBMIT))
                .handing(field("state"), self())
                .toNumber(this::runnableAtOnce));
        hooks.addAll(wakes(feature));
        hooks.add(joined("joins")
                .at(Place.afterCall("getTermination"))
                .to((thread, nothing) -> joins.begins((Thread) thread)));
        hooks.add(joined("joined").at(Place.exit()).handing(constant(0)).toNumber((nothing, zero) -> joins.ends()));
        hooks.add(
                joined("join-threw").at(Place.thrown()).handing(constant(0)).toNumber((nothing, zero) -> joins.ends()));
        hooks.add(hook("ended").method("afterDone", "(Z)V").to((thread, nothing) -> ended((Thread) thread)));
        return hooks;
    }

    private List<Hook> wakes(int feature) {
        if (feature < 24) {
            return List.of(
                    hook("unparked-by-virtual")
                            .method("unpark", "()V")
                            .at(Place.beforeCall("switchToCarrierThread"))
                            .to((thread, nothing) -> unparked((Thread) thread)),
                    hook("unparked")
                            .method("unpark", "()V")
                            .at(Place.beforeCall("submitRunContinuation").only(2))
                            .to((thread, nothing) -> unparked((Thread) thread)));
        }
        return List.of(
                hook("unparked")
                        .method("unpark", "(Z)V")
                        .at(Place.beforeCall(SUBMIT))
                        .handing(argument(0), self())
                        .toNumber((thread, byTimer) ->
                                woken((Thread) thread, byTimer == 0 ? EventCodes.UNPARK : EventCodes.TIMEOUT)),
                hook("unblocked")
                        .method("unblock", "()V")
                        .at(Place.beforeCall(SUBMIT))
                        .to((thread, nothing) -> woken((Thread) thread, EventCodes.MONITOR_FREE)),
                hook("timed-out")
                        .methods("waitTimeoutExpired")
                        .at(Place.beforeCall(SUBMIT))
                        .to((thread, nothing) -> woken((Thread) thread, EventCodes.TIMEOUT)),
                hook("interrupted")
                        .methods("interrupt")
                        .at(Place.beforeCall(SUBMIT))
                        .to((thread, nothing) -> woken((Thread) thread, EventCodes.UNPARK)));
    }

    private static Hook.Draft joined(String moment) {
        return hook(moment).method("joinNanos", "(J)Z");
    }

    private static Hook.Draft hook(String moment) {
        return Hook.named("virtual-thread." + moment).in(TYPE);
    }

    private void created(Object created, @Nullable Object task) {
        Thread thread = (Thread) created;
        long id = ThreadIds.of(thread);
        if (!recorder.tells(id)) {
            recorder.created(0, id, EventCodes.VIRTUAL_THREAD, 0, 0); // counted, not written
            return;
        }
        long now = recorder.now();
        String name = thread.getName();
        creations.told(now, id, EventCodes.VIRTUAL_THREAD, code.symbol(task), !name.isEmpty());
        if (!name.isEmpty()) {
            recorder.named(now, id, recorder.symbol(name), id);
        }
    }

    private void runs(Thread thread) {
        long id = ThreadIds.of(thread);
        if (!recorder.tells(id)) {
            return;
        }
        long now = recorder.now();
        recorder.pollStart(now, id, ThreadIds.current());
        long resource = holds.isAwaited(LockSupport.getBlocker(thread), id);
        if (resource != 0 && recorder.labels().of(id) == 0) {
            recorder.awaitEnd(now, id, 0, resource);
        }
    }

    private void stopped(Thread thread, int reason) {
        long id = ThreadIds.of(thread);
        if (!recorder.tells(id)) {
            return;
        }
        long now = recorder.now();
        if (reason == EventCodes.YIELD) {
            recorder.pollEnd(now, id, reason, 0, ThreadIds.current());
            return;
        }
        boolean timed = reason == EventCodes.TIMED_PARK || reason == EventCodes.TIMED_WAIT;
        Object blocker = LockSupport.getBlocker(thread);
        long resource = holds.awaited(blocker, id);
        if (recorder.labels().of(id) != 0) {
            recorder.pollEnd(now, id, reason, 0, ThreadIds.current());
            recorder.labels().parked(now, id, timed, resource);
        } else if (resource != 0) {
            recorder.pollEnd(now, id, reason, 0, ThreadIds.current());
            recorder.awaitStart(now, id, timed ? EventCodes.AWAIT_TIMED : 0, label(blocker, id), resource);
        } else {
            int label = reason == EventCodes.BLOCK ? recorder.symbol(AwaitCalls.MONITOR) : label(blocker, id);
            recorder.pollEnd(now, id, reason, label, ThreadIds.current());
        }
    }

    private int label(@Nullable Object blocker, long threadId) {
        return blocker == null ? 0 : recorder.symbol(holds.label(blocker, threadId));
    }

    private void unparked(Thread thread) {
        Thread waker = Thread.currentThread();
        boolean timer = waker.getName().startsWith(TIMER_THREAD);
        woken(thread, timer ? EventCodes.TIMEOUT : EventCodes.UNPARK);
    }

    private void woken(Thread thread, int how) {
        long id = ThreadIds.of(thread);
        if (recorder.tells(id)) {
            recorder.woken(recorder.now(), id, how, ThreadIds.current());
        }
    }

    /** It may go on though it just stopped: it gave way, or somebody woke it in between, and who is not known. */
    private void runnableAtOnce(Object thread, long state) {
        long id = ThreadIds.of((Thread) thread);
        if (recorder.tells(id)) {
            int how = meaning(hows, state);
            recorder.woken(recorder.now(), id, how, how == EventCodes.YIELDED ? id : 0);
        }
    }

    private void ended(Thread thread) {
        long id = ThreadIds.of(thread);
        int thrown = failed.remove(id);
        if (!recorder.tells(id)) {
            return;
        }
        long now = recorder.now();
        recorder.ended(now, id, thrown == 0 ? EventCodes.COMPLETED : EventCodes.FAILED, thrown);
    }

    /** Whether this is a virtual thread, on any JDK. */
    static boolean isVirtual(Thread thread) {
        return TYPE.equals(thread.getClass().getName());
    }

    private static int meaning(byte[] meanings, long state) {
        return state >= 0 && state < meanings.length ? meanings[(int) state] : 0;
    }
}
