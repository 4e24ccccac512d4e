package dev.asyncinspect.integrations.jdk;

import static dev.asyncinspect.weaving.Capture.constant;
import static dev.asyncinspect.weaving.Capture.top;

import dev.asyncinspect.core.recorder.ThreadIds;
import dev.asyncinspect.weaving.Hook;
import dev.asyncinspect.weaving.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Hooks where platform threads park or sleep: they do not run in between. */
final class ParkWeaving {

    /*
     * Around the call that gives the processor away, which is slow anyway, and nowhere else. Virtual threads go other ways before
     * it, but for the end of a sleep. What it waits at is the blocker that the thread has set by then.
     *
     *   LockSupport.park…, before and after Unsafe.park          locks, latches, queues, futures, pools
     *   ForkJoinPool.awaitWork, DelayScheduler.loop, the same    they call it themselves from JDK 25 on
     *   VirtualThread.parkOnCarrierThread, the same          virtual threads that are pinned
     *   Thread.sleep, before it sleeps and before afterSleep     afterSleep comes after an interruption too
     *   Thread.sleep(millis, nanos) on 17, as a whole            TimeUnit.sleep goes there; sleep(millis) is native and has no place
     *
     * Who waits pinned costs others a carrier, and seldom enough for a look at the stack: its line is told, which says where it is
     * pinned too.
     *
     * Monitors are entered by an instruction: a platform thread that waits for one looks as if it ran.
     */

    private static final String PARK = "park(ZJ)V";
    private static final String SLEEP_LABEL = "java.lang.Thread.sleep";
    private static final int FIRST_WITH_SLEEP_IN_JAVA = 21;
    private static final int FIRST_WITH_OWN_PARKS = 25;

    private final Awaits awaits;
    private final SharedHolds holds;

    ParkWeaving(Awaits awaits, SharedHolds holds) {
        this.awaits = awaits;
        this.holds = holds;
    }

    List<Hook> hooks(int feature) {
        List<Hook> hooks = new ArrayList<>();
        parks(hooks, "thread", "java.util.concurrent.locks.LockSupport", "park", "parkNanos", "parkUntil");
        if (feature >= FIRST_WITH_OWN_PARKS) {
            parks(hooks, "fork-join-worker", "java.util.concurrent.ForkJoinPool", "awaitWork");
            parks(hooks, "delay-scheduler", "java.util.concurrent.DelayScheduler", "loop");
        }
        if (feature >= JdkHooks.FIRST_WITH_VIRTUAL_THREADS) {
            hooks.add(pinned("parks")
                    .at(Place.beforeCall(PARK))
                    .handing(top())
                    .toNumber((nothing, time) -> pinned(time)));
            hooks.add(pinned("parked")
                    .at(Place.afterCall(PARK))
                    .handing(constant(0))
                    .toNumber((nothing, zero) -> awaits.ends()));
        }
        if (feature >= FIRST_WITH_SLEEP_IN_JAVA) {
            sleeps(hooks, Insides.hasMethod(Thread.class, "sleepNanos") ? "sleepNanos" : "sleep");
        } else {
            hooks.add(sleep("sleeps").handing(constant(0)).toNumber((nothing, zero) -> sleeps()));
            hooks.add(sleep("slept").at(Place.exit()).handing(constant(0)).toNumber((nothing, zero) -> awaits.ends()));
            hooks.add(sleep("woken-up")
                    .at(Place.thrown())
                    .handing(constant(0))
                    .toNumber((nothing, zero) -> awaits.ends()));
        }
        return hooks;
    }

    private static Hook.Draft sleep(String moment) {
        return Hook.named("thread." + moment).in("java.lang.Thread").method("sleep", "(JI)V");
    }

    private void sleeps(List<Hook> hooks, String method) {
        hooks.add(Hook.named("thread.sleeps")
                .in("java.lang.Thread")
                .methods(method)
                .at(Place.beforeCall("sleep0|sleepNanos0"))
                .handing(constant(0))
                .toNumber((nothing, zero) -> sleeps()));
        hooks.add(Hook.named("virtual-thread.sleeps")
                .in("java.lang.Thread")
                .methods(method)
                .at(Place.beforeCall("sleepNanos"))
                .handing(constant(0))
                .toNumber((nothing, zero) -> awaits.begins(SLEEP_LABEL, true)));
        hooks.add(Hook.named("thread.slept")
                .in("java.lang.Thread")
                .methods(method)
                .at(Place.beforeCall("afterSleep"))
                .handing(constant(0))
                .toNumber((nothing, zero) -> awaits.ends()));
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
                .toNumber((nothing, zero) -> awaits.ends()));
    }

    private static Hook.Draft pinned(String moment) {
        return Hook.named("pinned-thread." + moment)
                .in("java.lang.VirtualThread")
                .method("parkOnCarrierThread", "(ZJ)V");
    }

    private void pinned(long time) {
        Thread thread = Thread.currentThread();
        Object blocker = LockSupport.getBlocker(thread);
        String line = Lines.nearest();
        String label =
                line != null || blocker == null ? line : blocker.getClass().getName();
        awaits.stopsPinned(label, time != 0, holds.awaited(blocker, ThreadIds.of(thread)));
    }

    private void parks(long time) {
        Thread thread = Thread.currentThread();
        if (!JvmThreads.isOne(thread)) {
            Object blocker = LockSupport.getBlocker(thread);
            long id = ThreadIds.of(thread);
            String label = blocker == null ? null : holds.label(blocker, id);
            awaits.stops(label, time != 0, holds.awaited(blocker, id));
        }
    }

    private void sleeps() {
        awaits.stops(SLEEP_LABEL, true, 0);
    }
}
