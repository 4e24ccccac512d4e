package dev.asyncinspect.analysis;

import dev.asyncinspect.model.Frame;
import dev.asyncinspect.model.Hold;
import dev.asyncinspect.model.Resource;
import dev.asyncinspect.model.ResourceKind;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.TaskState;
import dev.asyncinspect.model.Wait;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code lock-contention}: tasks queue behind one holder of a lock that does not move either. */
final class LockContention implements Question {

    /*
     * A queue at a lock is normal for a moment. It is worth telling when the same waiters and the same holder stand still
     * in every sample. That the holder used no processor time is enough: while it stands still, nobody else can have had the
     * lock. A holder that itself idles (a leader that waits in accept or select, with followers behind it) is a
     * design, not a fault; a holder that is part of a deadlock, or has ended, is told there.
     */

    private static final Set<ResourceKind> LOCKS =
            EnumSet.of(ResourceKind.MONITOR, ResourceKind.LOCK, ResourceKind.READ_WRITE_LOCK);

    /** Fewer waiters than this are only a hint. */
    private static final int QUEUE = 3;

    @Override
    public List<Finding> ask(Samples samples) {
        if (!samples.several()) {
            return List.of();
        }
        Snapshot snapshot = samples.latest();
        Set<Long> told = new HashSet<>();
        for (StandingDeadlock deadlock : samples.deadlocks()) {
            told.addAll(deadlock.tasks());
            told.addAll(deadlock.victims());
        }
        Map<Resource, List<Task>> queues = new LinkedHashMap<>();
        for (Task task : snapshot.tasks()) {
            Wait wait = task.waiting();
            Resource resource = wait == null ? null : snapshot.resource(wait.resourceId());
            if (resource != null && LOCKS.contains(resource.kind()) && !told.contains(task.id())) {
                queues.computeIfAbsent(resource, r -> new ArrayList<>()).add(task);
            }
        }
        List<Finding> findings = new ArrayList<>();
        queues.forEach((lock, waiters) -> {
            List<Task> still = waiters.stream().filter(samples::samePlace).toList();
            List<Hold> holders = lock.knownHolders();
            Task holder = holders.size() == 1 ? snapshot.task(holders.get(0).taskId()) : null;
            if (!still.isEmpty()
                    && holder != null
                    && holder.state() != TaskState.COMPLETED
                    && samples.unmoved(holder)
                    && !Stacks.idle(holder.stack())) {
                findings.add(finding(samples, lock, still, holder, holders.get(0)));
            }
        });
        return findings;
    }

    private static Finding finding(Samples samples, Resource lock, List<Task> waiters, Task holder, Hold hold) {
        Frame at = Stacks.place(holder.stack());
        Wait holderWait = holder.waiting();
        Resource behind = holderWait == null ? null : samples.latest().resource(holderWait.resourceId());
        String doing = behind == null ? "is at" : "waits for " + behind.title() + " at";
        String where = at == null ? "an unknown place" : at.toString();
        List<Link> chain = new ArrayList<>();
        for (Task waiter : waiters) {
            chain.add(new Link(waiter.id(), lock.id(), hold, List.of()));
        }
        return new Finding(
                FindingKind.LOCK_CONTENTION,
                waiters.size() >= QUEUE ? Confidence.LIKELY : Confidence.HINT,
                samples.basis(),
                Words.count(waiters.size(), "task") + " queue for " + lock.title() + " behind " + holder.label()
                        + ", which holds it and " + doing + " " + where + ".",
                chain,
                false,
                List.of(holder.id()),
                waiters.stream().map(Task::id).toList(),
                List.of(lock.id()),
                List.of(
                        Evidence.observed("the holder and " + Words.count(waiters.size(), "waiter")
                                + " stand at the same places in every sample, and the holder used no processor time in"
                                + " between"),
                        new Evidence(
                                "who holds the lock is stated by the JVM",
                                lock.holders().provenance())),
                "the holder finishes soon and the queue drains; a longer --interval tells",
                List.of(
                        "Do not hold the lock across the call at " + where
                                + ": prepare outside, take the lock only to publish the result.",
                        "If readers dominate, use a read-write lock or an immutable snapshot; if keys differ, one lock"
                                + " a key."));
    }
}
