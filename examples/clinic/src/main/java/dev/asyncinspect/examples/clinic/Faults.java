package dev.asyncinspect.examples.clinic;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All stories, in the order in which {@code --list} tells them. */
final class Faults {

    static final List<Fault> ALL = List.of(
            new LockCycle(),
            new LockCycleJuc(),
            new LockCycleMixed(),
            new LockCycleMap(),
            new SelfDeadlock(),
            new SelfDeadlockPool(),
            new SelfDeadlockQueue(),
            new ClassInitCycle(),
            new BlockedEventLoop(),
            new BlockedEventLoopNetty(),
            new FutureCycle(),
            new FutureCycleCache(),
            new OrphanedFuture(),
            new LostSignal(),
            new PermitLeak(),
            new LostSignalExchange(),
            new UnreadOutput(),
            new OwnerlessLock(),
            new NeverStarted(),
            new NeverStartedPool(),
            new JvmDoesNotExit(),
            new SwallowedFailure(),
            new PoolStarvation(),
            new PoolStarvationCf(),
            new PoolStarvationForkJoin(),
            new PoolStarvationNested(),
            new PoolStarvationInvokeAll(),
            new PoolStarvationLatch(),
            new PoolStarvationStream(),
            new PoolStarvationTimer(),
            new PoolStarvationLoopback(),
            new LockContention(),
            new CpuBoundTask(),
            new CarrierStarvation(),
            new CarrierStarvationPinned(),
            new PoolExhausted(),
            new PoolExhaustedNested(),
            new PoolExhaustedDbcp2(),
            new PoolExhaustedTomcat(),
            new Overload(),
            new LockOrderInversion(),
            new LongAwait(),
            new SlowPool(),
            new SelfWake(),
            new BusyDay(),
            new WaitReleased());

    private Faults() {}

    /** The fault of that name, null if there is none. */
    static @Nullable Fault named(String name) {
        for (Fault fault : ALL) {
            if (fault.name().equals(name)) {
                return fault;
            }
        }
        return null;
    }

    /** The text of {@code --list}: a line for each. */
    static String list() {
        return ALL.stream()
                .map(fault -> String.format("%-27s%s%n", fault.name(), fault.about()))
                .collect(Collectors.joining());
    }
}
