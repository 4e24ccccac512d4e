package dev.asyncinspect.sources;

import dev.asyncinspect.model.Hold;
import dev.asyncinspect.model.Provenance;
import dev.asyncinspect.model.Resource;
import dev.asyncinspect.model.ResourceKind;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.ThreadAttributes;
import dev.asyncinspect.model.Wait;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What two text dumps, one before a heap dump and one after it, say of monitors at the moment of the heap dump. */
final class MonitorWitness {

    /** Nobody looked. */
    static final MonitorWitness NONE = new MonitorWitness(false);

    /** A thread that used less between the dumps did nothing but be looked at. */
    private static final long NO_PROGRESS_NANOS = 50_000;

    private final boolean looked;
    private final Map<Long, Long> owners = new HashMap<>();
    private final Set<Long> moved = new HashSet<>();

    private MonitorWitness(boolean looked) {
        this.looked = looked;
    }

    /** Whether there are text dumps at all. */
    boolean looked() {
        return looked;
    }

    static MonitorWitness of(Snapshot before, Snapshot after) {
        MonitorWitness witness = new MonitorWitness(true);
        for (Task task : after.tasks()) {
            Task earlier = before.task(task.id());
            if (earlier == null || hasMoved(earlier, task)) {
                witness.moved.add(task.id());
            }
        }
        for (Task task : after.tasks()) {
            long owner = owner(after, task);
            if (owner != ThreadAttributes.NONE
                    && !witness.moved.contains(task.id())
                    && !witness.moved.contains(owner)
                    && owner(before, task.id()) == owner) {
                witness.owners.put(task.id(), owner);
            }
        }
        return witness;
    }

    /** Id of the thread that was in the monitor that this one waited to enter all the time, 0 if that is not known. */
    long ownerFor(long threadId) {
        return owners.getOrDefault(threadId, 0L);
    }

    /** Ids of threads that ran between the dumps, so that what they held may have changed. */
    Set<Long> moved() {
        return moved;
    }

    private static boolean hasMoved(Task earlier, Task later) {
        ThreadAttributes from = earlier.thread();
        ThreadAttributes to = later.thread();
        return !earlier.stack().equals(later.stack())
                || from == null
                || to == null
                || from.cpuNanos() == ThreadAttributes.NONE
                || to.cpuNanos() - from.cpuNanos() > NO_PROGRESS_NANOS;
    }

    private static long owner(Snapshot snapshot, long taskId) {
        Task task = snapshot.task(taskId);
        return task == null ? ThreadAttributes.NONE : owner(snapshot, task);
    }

    private static long owner(Snapshot snapshot, Task task) {
        Wait wait = task.waiting();
        Resource monitor = wait == null ? null : snapshot.resource(wait.resourceId());
        if (monitor == null
                || monitor.kind() != ResourceKind.MONITOR
                || monitor.holders().provenance() != Provenance.OBSERVED) {
            return ThreadAttributes.NONE;
        }
        List<Hold> holds = monitor.knownHolders();
        return holds.size() == 1 ? holds.get(0).taskId() : ThreadAttributes.NONE;
    }
}
