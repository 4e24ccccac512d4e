package dev.asyncinspect.integrations.jdk;

import static dev.asyncinspect.weaving.Capture.argument;
import static dev.asyncinspect.weaving.Capture.constant;
import static dev.asyncinspect.weaving.Capture.self;
import static dev.asyncinspect.weaving.Capture.top;

import dev.asyncinspect.core.event.AwaitCalls;
import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.core.recorder.Recorder;
import dev.asyncinspect.core.recorder.ThreadIds;
import dev.asyncinspect.weaving.Hook;
import dev.asyncinspect.weaving.Place;
import java.util.List;

/** Hooks in {@code Object.wait}, and so in {@code Thread.join} of platform threads, which waits for their monitor. */
final class MonitorWaitWeaving {

    /*
     * From JDK 21 on all ways lead through wait(long), around a native wait0. On 17 that one is native itself: what can be told are
     * wait(), wait(long, int) and the end of a thread.
     *
     * What is waited for gets a number like a condition; who notifies is not told, since notify is native on all JDKs.
     */

    private static final String LABEL = "java.lang.Object.wait";
    private static final String WAIT = "wait(J)V";
    private static final int FIRST_WITH_WAIT_IN_JAVA = 21;

    private final Recorder recorder;
    private final Awaits awaits;
    private final SharedHolds holds;

    MonitorWaitWeaving(Recorder recorder, Awaits awaits, SharedHolds holds) {
        this.recorder = recorder;
        this.awaits = awaits;
        this.holds = holds;
    }

    List<Hook> hooks(int feature) {
        return feature >= FIRST_WITH_WAIT_IN_JAVA
                ? List.of(
                        inObject("waits", WAIT).handing(argument(0), self()).toNumber(this::waits),
                        over("waited", Place.exit(), WAIT),
                        over("wait-threw", Place.thrown(), WAIT))
                : List.of(
                        inObject("waits", "wait()V")
                                .handing(constant(0), self())
                                .toNumber(this::waits),
                        inObject("waits-nanos", "wait(JI)V")
                                .handing(constant(1), self())
                                .toNumber(this::waits),
                        over("waited", Place.exit(), "wait()V", "wait(JI)V"),
                        over("wait-threw", Place.thrown(), "wait()V", "wait(JI)V"),
                        inJoin("joins")
                                .at(Place.beforeCall(WAIT))
                                .handing(top(), self())
                                .toNumber(this::waits),
                        inJoin("joined")
                                .at(Place.afterCall(WAIT))
                                .handing(constant(0))
                                .toNumber((nothing, zero) -> goesOn()),
                        inJoin("join-threw")
                                .at(Place.thrown())
                                .handing(constant(0))
                                .toNumber((nothing, zero) -> goesOn()));
    }

    private static Hook.Draft inObject(String moment, String... methods) {
        return Hook.named("object." + moment)
                .in("java.lang.Object")
                .methods(methods)
                .atLeast(methods.length);
    }

    private Hook over(String moment, Place place, String... methods) {
        return inObject(moment, methods).at(place).handing(constant(0)).toNumber((nothing, zero) -> goesOn());
    }

    private static Hook.Draft inJoin(String moment) {
        return Hook.named("thread." + moment).in("java.lang.Thread").method("join", "(J)V");
    }

    private void goesOn() {
        if (!JvmThreads.endsTheJvm(Thread.currentThread())) {
            awaits.ends();
        }
    }

    /** The current thread waits for a monitor to be notified, or for the end of a thread. */
    private void waits(Object monitor, long timeout) {
        Thread current = Thread.currentThread();
        if (JvmThreads.isOne(current) || (monitor instanceof Thread && JvmThreads.endsTheJvm(current))) {
            return;
        }
        if (monitor instanceof Thread thread) {
            awaits.stops(AwaitCalls.JOIN, timeout != 0, 0);
            recorder.linked(recorder.now(), ThreadIds.current(), EventCodes.AWAITS, 0, ThreadIds.of(thread));
        } else {
            awaits.stops(LABEL, timeout != 0, holds.awaitedMonitor(monitor));
        }
    }
}
