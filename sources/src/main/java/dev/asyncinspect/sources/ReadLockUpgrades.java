package dev.asyncinspect.sources;

import dev.asyncinspect.model.AccessMode;
import dev.asyncinspect.model.Fact;
import dev.asyncinspect.model.Frame;
import dev.asyncinspect.model.Hold;
import dev.asyncinspect.model.Resource;
import dev.asyncinspect.model.ResourceKind;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.Wait;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Infers that a task which waits for the write half of a lock itself holds the read half. */
final class ReadLockUpgrades {

    /*
     * No dump shows who holds a read lock. But where a method on the waiter's own stack took a read lock before this line and
     * did not release it, the waiter waits for itself: ReentrantReadWriteLock cannot be upgraded. That it is the same lock is
     * an inference, so the finding stays LIKELY; reading the objects (attach) settles it.
     */

    private ReadLockUpgrades() {}

    /** The snapshot with such holders filled in as inferred. */
    static Snapshot inferredIn(Snapshot snapshot, AwaitSites sites) {
        Map<Long, List<Hold>> readers = new HashMap<>();
        for (Task task : snapshot.tasks()) {
            Wait wait = task.waiting();
            Resource lock = wait == null ? null : snapshot.resource(wait.resourceId());
            if (wait != null
                    && lock != null
                    && lock.kind() == ResourceKind.READ_WRITE_LOCK
                    && wait.mode() == AccessMode.EXCLUSIVE
                    && lock.knownHolders().isEmpty()) {
                Fact<Frame> taken = sites.readLockTakenBeforeWriteLock(task.stack());
                if (taken.orNull() != null) {
                    readers.computeIfAbsent(lock.id(), id -> new ArrayList<>())
                            .add(new Hold(task.id(), AccessMode.SHARED, taken));
                }
            }
        }
        if (readers.isEmpty()) {
            return snapshot;
        }
        List<Resource> resources = new ArrayList<>(snapshot.resources().size());
        for (Resource resource : snapshot.resources()) {
            List<Hold> holds = readers.get(resource.id());
            resources.add(
                    holds == null
                            ? resource
                            : resource.withHolders(Fact.inferred(
                                    holds, "its own methods take a read lock before this line and do not release it")));
        }
        return snapshot.withResources(resources);
    }
}
