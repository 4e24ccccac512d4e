package dev.asyncinspect.analysis;

import dev.asyncinspect.model.Hold;
import dev.asyncinspect.model.Resource;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.Wait;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Locks that tasks hold while they wait for a pool, and that others need before they can give back what they have of it. */
final class LocksBetween {

    /**
     * One of them.
     *
     * @param inside waits for the pool and holds the lock
     * @param outside has something of the pool and waits for the lock
     */
    private record Between(Task inside, Resource lock, Task outside, Wait awaits) {}

    private final List<Between> found = new ArrayList<>();

    /**
     * Looks for them.
     *
     * @param waiters who wait for the pool
     * @param holders ids of the tasks that have something of it
     */
    LocksBetween(Snapshot snapshot, Collection<Task> waiters, Collection<Long> holders) {
        for (long holder : holders) {
            Task outside = snapshot.task(holder);
            Wait wait = outside == null ? null : outside.waiting();
            Resource lock = wait == null ? null : snapshot.resource(wait.resourceId());
            if (outside == null || wait == null || lock == null) {
                continue;
            }
            for (Hold hold : lock.knownHolders()) {
                waiters.stream()
                        .filter(inside -> inside.id() == hold.taskId() && inside.id() != holder)
                        .findFirst()
                        .ifPresent(inside -> found.add(new Between(inside, lock, outside, wait)));
            }
        }
    }

    /** What is seen of each. */
    List<Evidence> evidence() {
        return found.stream()
                .map(each -> Evidence.observed(each.outside.label() + " waits for "
                        + lock(each) + " at " + each.awaits.site().place() + ", which " + each.inside.label()
                        + " holds while it waits for the pool"))
                .toList();
    }

    /** What to do about them. */
    List<String> suggestions() {
        return found.stream()
                .map(each -> "Do not wait for the pool while holding " + lock(each) + ", which is needed at "
                        + each.awaits.site().place()
                        + " before anything is given back: ask the pool first, then take the lock, or none at all.")
                .distinct()
                .toList();
    }

    private static String lock(Between between) {
        return between.lock.kind().label() + " " + between.lock.title();
    }
}
