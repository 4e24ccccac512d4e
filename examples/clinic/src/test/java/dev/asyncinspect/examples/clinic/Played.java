package dev.asyncinspect.examples.clinic;

import java.util.List;
import java.util.Set;

/** Which faults the tests play: all of them if full, else without those that a busy day plays as well. */
final class Played {

    private static final Set<String> ONLY_IN_TIME =
            Set.of("overload", "lock-order-inversion", "long-await", "slow-pool", "self-wake");

    static final List<Fault> FAULTS = Faults.ALL.stream()
            .filter(fault -> Boolean.getBoolean("matrix.full") || !ONLY_IN_TIME.contains(fault.name()))
            .toList();

    private Played() {}
}
