package dev.asyncinspect.integrations.jdk;

import static dev.asyncinspect.weaving.Capture.constant;
import static dev.asyncinspect.weaving.Capture.top;

import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.core.recorder.Recorder;
import dev.asyncinspect.core.recorder.ThreadIds;
import dev.asyncinspect.weaving.Hook;
import dev.asyncinspect.weaving.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Hooks where platform threads park or sleep: they do not run in between. */
final class ParkWeaving {

    /*
     * Around the call that gives the processor away, which is slow anyway, and nowhere else. Virtual threads go other ways before
     * it, but for the end of a sleep. What it waits at is the blocker that the thread has set by then.
     *
     *   LockSupport.park…, before and after Unsafe.park          locks, latches, queues, futures, pools
     *   ForkJoinPool.awaitWork, DelayScheduler.loop, the same    they call it themselves from JDK 25 on
     *   Thread.sleep, before sleep0 and before afterSleep        afterSleep comes after an interruption too; native on 17
     *
     * Object.wait, monitors and sockets are native: a thread that waits there looks as if it ran.
     */

    private static final String PARK = "park(ZJ)V";
    private static final String SLEEP_LABEL = "java.lang.Thread.sleep";
    private static final int FIRST_WITH_SLEEP_IN_JAVA = 21;
    private static final int FIRST_WITH_OWN_PARKS = 25;

    private final Recorder recorder;
    private final SharedHolds holds;

    ParkWeaving(Recorder recorder, SharedHolds holds) {
        this.recorder = recorder;
        this.holds = holds;
    }

    List<Hook> hooks(int feature) {
        List<Hook> hooks = new ArrayList<>();
        parks(hooks, "thread", "java.util.concurrent.locks.LockSupport", "park", "parkNanos", "parkUntil");
        if (feature >= FIRST_WITH_OWN_PARKS) {
            parks(hooks, "fork-join-worker", "java.util.concurrent.ForkJoinPool", "awaitWork");
            parks(hooks, "delay-scheduler", "java.util.concurrent.DelayScheduler", "loop");
        }
        if (feature >= FIRST_WITH_SLEEP_IN_JAVA) {
            hooks.add(Hook.named("thread.sleeps")
                    .in("java.lang.Thread")
                    .methods("sleep", "sleepNanos")
                    .at(Place.beforeCall("sleep0|sleepNanos0"))
                    .handing(constant(0))
                    .toNumber((nothing, zero) -> sleeps()));
            hooks.add(Hook.named("thread.slept")
                    .in("java.lang.Thread")
                    .methods("sleep", "sleepNanos")
                    .at(Place.beforeCall("afterSleep"))
                    .handing(constant(0))
                    .toNumber((nothing, zero) -> slept()));
        }
        return hooks;
    }

    private void parks(List<Hook> hooks, String who, String type, String... methods) {
        hooks.add(Hook.named(who + ".parks")
                .in(type)
                .methods(methods)
                .at(Place.beforeCall(PARK))
                .handing(top())
                .toNumber((nothing, time) -> parks(time)));
        hooks.add(Hook.named(who + ".parked")
                .in(type)
                .methods(methods)
                .at(Place.afterCall(PARK))
                .handing(constant(0))
                .toNumber((nothing, zero) -> ends()));
    }

    private void parks(long time) {
        if (!JvmThreads.isOne(Thread.currentThread())) {
            Object blocker = LockSupport.getBlocker(Thread.currentThread());
            String label = blocker == null ? null : blocker.getClass().getName();
            begins(label, time == 0 ? 0 : EventCodes.AWAIT_TIMED, holds.awaited(blocker));
        }
    }

    private void sleeps() {
        if (!JvmThreads.isOne(Thread.currentThread())) {
            begins(SLEEP_LABEL, EventCodes.AWAIT_TIMED, 0);
        }
    }

    private void begins(@Nullable String label, int timed, long resourceId) {
        long now = recorder.now();
        long thread = ThreadIds.current();
        int traced = recorder.labels().of(thread);
        int symbol = traced == 0 ? recorder.symbol(label) : traced;
        recorder.awaitStart(now, thread, EventCodes.AWAIT_ENDS_POLL | timed, symbol, resourceId);
    }

    private void slept() {
        if (!VirtualThreadWeaving.isVirtual(Thread.currentThread())) {
            ends();
        }
    }

    private void ends() {
        if (JvmThreads.isOne(Thread.currentThread())) {
            return;
        }
        long now = recorder.now();
        recorder.awaitEnd(now, ThreadIds.current(), 0, 0);
    }
}
