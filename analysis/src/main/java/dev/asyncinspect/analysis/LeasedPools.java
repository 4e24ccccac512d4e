package dev.asyncinspect.analysis;

import dev.asyncinspect.model.Bound;
import dev.asyncinspect.model.Hold;
import dev.asyncinspect.model.Lease;
import dev.asyncinspect.model.Leases;
import dev.asyncinspect.model.Provenance;
import dev.asyncinspect.model.Resource;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.Wait;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code pool-exhausted}, where the objects of the pool tell what it has given out, and who has it. */
final class LeasedPools implements Question {

    /*
     * | of all that was taken                                         | told as                                        |
     * |---------------------------------------------------------------|------------------------------------------------|
     * | nobody has it, or only tasks that wait for such a pool        | PROVEN: nothing comes back before a wait fails |
     * | the same as far as the heap shows                             | LIKELY                                         |
     * | some of it nobody has, the rest may come back                 | LIKELY: the pool has shrunk for good           |
     * | somebody who can still run has all of it                      | HINT: the pool at work, with who has what      |
     *
     * Pools whose holders wait for each other's are one finding.
     */

    @Override
    public List<Finding> ask(Samples samples) {
        Snapshot snapshot = samples.latest();
        Set<Resource> told = new LinkedHashSet<>();
        List<Finding> findings = new ArrayList<>();
        for (Resource pool : snapshot.resources()) {
            Leases leases = pool.leases();
            if (leases != null
                    && isExhausted(leases)
                    && told.add(pool)
                    && !waitersOf(snapshot, pool).isEmpty()) {
                List<Resource> group = new ArrayList<>(List.of(pool));
                if (isKnown(pool)) {
                    together(snapshot, group);
                    told.addAll(group);
                    findings.add(new ExhaustedPoolText(samples, group).nothingComesBack());
                } else if (leases.taken().stream().anyMatch(Lease::isLost)) {
                    findings.add(new ExhaustedPoolText(samples, group).someAreLost());
                } else {
                    findings.add(new ExhaustedPoolText(samples, group).allInUse());
                }
            }
        }
        return findings;
    }

    private static boolean isExhausted(Leases leases) {
        return leases.most() > 0
                && leases.total() >= leases.most()
                && leases.taken().size() == leases.total();
    }

    private static boolean isKnown(Resource pool) {
        return pool.holders().provenance() != Provenance.UNKNOWN;
    }

    /** Adds the pools for which the holders of these wait. */
    private static void together(Snapshot snapshot, List<Resource> group) {
        for (int i = 0; i < group.size(); i++) {
            for (Hold hold : group.get(i).knownHolders()) {
                Task holder = snapshot.task(hold.taskId());
                Wait wait = holder == null ? null : holder.waiting();
                Resource other = wait == null ? null : snapshot.resource(wait.resourceId());
                if (other != null && other.leases() != null && isKnown(other) && !group.contains(other)) {
                    group.add(other);
                }
            }
        }
    }

    static List<Task> waitersOf(Snapshot snapshot, Resource pool) {
        return snapshot.tasks().stream()
                .filter(task -> {
                    Wait wait = task.waiting();
                    return wait != null && wait.resourceId() == pool.id();
                })
                .toList();
    }

    /** Whether the waits for these end by themselves, as failures. */
    static boolean isTimed(Stream<Task> waiters) {
        return waiters.map(task -> Objects.requireNonNull(task.waiting()))
                .anyMatch(wait -> wait.bound() == Bound.TIMED);
    }

    /** What keeps us from being sure; null if nothing does. */
    static @Nullable String doubt(List<Resource> pools) {
        return pools.stream()
                .filter(pool -> pool.holders().provenance() == Provenance.INFERRED)
                .map(pool -> pool.holders().basis())
                .findFirst()
                .orElse(null);
    }
}
