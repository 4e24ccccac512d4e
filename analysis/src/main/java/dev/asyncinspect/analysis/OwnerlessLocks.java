package dev.asyncinspect.analysis;

import dev.asyncinspect.model.Bound;
import dev.asyncinspect.model.Hold;
import dev.asyncinspect.model.Provenance;
import dev.asyncinspect.model.Resource;
import dev.asyncinspect.model.ResourceKind;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.TaskKind;
import dev.asyncinspect.model.Wait;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code ownerless-lock}: tasks wait for a lock whose owner has ended without releasing it. */
final class OwnerlessLocks implements Question {

    /*
     * Only its owner can unlock a ReentrantLock or the write half of a ReentrantReadWriteLock, and a thread that has ended
     * does nothing any more. Nothing has to be confirmed: what has ended stays ended. In a recording the owner can be a task that a thread
     * ran: another task on that thread may give the lock back.
     */

    private static final Set<ResourceKind> LOCKS = EnumSet.of(ResourceKind.LOCK, ResourceKind.READ_WRITE_LOCK);

    @Override
    public List<Finding> ask(Samples samples) {
        Snapshot snapshot = samples.latest();
        Map<Resource, List<Task>> waiters = new LinkedHashMap<>();
        for (Task task : snapshot.tasks()) {
            Wait wait = task.waiting();
            Resource resource = wait == null ? null : snapshot.resource(wait.resourceId());
            if (wait != null
                    && resource != null
                    && wait.bound() == Bound.UNBOUNDED
                    && LOCKS.contains(resource.kind())
                    && resource.holders().provenance() == Provenance.OBSERVED) {
                waiters.computeIfAbsent(resource, r -> new ArrayList<>()).add(task);
            }
        }
        List<Finding> findings = new ArrayList<>();
        waiters.forEach((lock, tasks) -> {
            for (Hold hold : lock.knownHolders()) {
                Task owner = snapshot.task(hold.taskId());
                if (owner != null && owner.state().isOver()) {
                    findings.add(finding(samples, lock, hold, owner, tasks));
                }
            }
        });
        return findings;
    }

    private static boolean isThread(Task task) {
        return task.kind() == TaskKind.PLATFORM_THREAD || task.kind() == TaskKind.VIRTUAL_THREAD;
    }

    private static Finding finding(Samples samples, Resource lock, Hold hold, Task owner, List<Task> waiters) {
        List<Link> chain = new ArrayList<>();
        waiters.forEach(waiter -> chain.add(new Link(waiter.id(), lock.id(), hold, List.of())));
        List<Long> ids = waiters.stream().map(Task::id).toList();
        return new Finding(
                FindingKind.OWNERLESS_LOCK,
                samples.recording() == null || isThread(owner) ? Confidence.PROVEN : Confidence.LIKELY,
                samples.basis(),
                owner.label() + " has ended and still owns " + lock.title() + ": "
                        + Words.count(waiters.size(), "task") + (waiters.size() == 1 ? " waits" : " wait")
                        + " for it for ever.",
                chain,
                false,
                List.of(owner.id()),
                ids,
                List.of(lock.id()),
                List.of(Evidence.observed(
                        samples.recording() == null
                                ? "the lock names its owner, and that thread has ended"
                                : "it took the lock, and ended without giving it back")),
                samples.recording() == null || isThread(owner) ? null : "another task on the same thread gives it back",
                List.of(
                        "Unlock in a finally block right after lock(), in the same method.",
                        "Look for a lock that is taken in one callback and released in another: they can run on different"
                                + " threads, and only the owner can unlock."));
    }
}
