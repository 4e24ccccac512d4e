package dev.asyncinspect.integrations.jdk;

import static dev.asyncinspect.weaving.Capture.field;

import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.weaving.Hook;
import java.util.List;

/** Hooks where one thread lets others go on: latches, conditions, phasers, exchangers. Nobody keeps who did it last. */
final class SignalWeaving {

    /*
     * At the entry, so that the signal comes before what it causes. A barrier is a condition inside. Signals of conditions are
     * sent in the middle of everything, the loading of classes included: what is called here must be loaded before.
     */

    private static final String PHASER = "Phaser";
    private static final String EXCHANGER = "Exchanger";

    private final SharedHolds holds;

    SignalWeaving(SharedHolds holds) {
        this.holds = holds;
    }

    List<Hook> hooks() {
        return List.of(
                Hook.named("latch.counted-down")
                        .in("java.util.concurrent.CountDownLatch")
                        .method("countDown", "()V")
                        .handing(field("sync"))
                        .to((latch, nothing) -> holds.countedDown(latch)),
                Hook.named("condition.signalled")
                        .in("java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject")
                        .methods("signal", "signalAll")
                        .atLeast(2)
                        .to((condition, nothing) -> holds.signalledCondition(condition)),
                Hook.named("phaser.arrived")
                        .in("java.util.concurrent." + PHASER)
                        .methods("doArrive", "arriveAndAwaitAdvance")
                        .atLeast(2)
                        .to((phaser, nothing) -> holds.signalled(phaser, EventCodes.LATCH, PHASER)),
                Hook.named("exchanger.came")
                        .in("java.util.concurrent." + EXCHANGER)
                        .methods("exchange")
                        .atLeast(2)
                        .to((exchanger, nothing) -> holds.signalled(exchanger, EventCodes.LATCH, EXCHANGER)));
    }
}
