package dev.asyncinspect.analysis;

import dev.asyncinspect.model.AccessMode;
import dev.asyncinspect.model.Bound;
import dev.asyncinspect.model.Hold;
import dev.asyncinspect.model.Resource;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.Wait;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Which tasks cannot go on because some others cannot. */
final class Behind {

    private Behind() {}

    /** Ids of the tasks, other than these, that wait without a timeout for what only these, or tasks behind them, have. */
    static List<Long> of(Snapshot snapshot, Set<Long> stuck) {
        Set<Long> all = new HashSet<>(stuck);
        Set<Long> behind = new TreeSet<>();
        boolean changed = true;
        while (changed) {
            changed = false;
            for (Task task : snapshot.tasks()) {
                if (!all.contains(task.id()) && waitsFor(snapshot, task, all)) {
                    all.add(task.id());
                    behind.add(task.id());
                    changed = true;
                }
            }
        }
        return List.copyOf(behind);
    }

    private static boolean waitsFor(Snapshot snapshot, Task task, Set<Long> stuck) {
        Wait wait = task.waiting();
        Resource resource = wait == null ? null : snapshot.resource(wait.resourceId());
        if (wait == null || resource == null || wait.bound() != Bound.UNBOUNDED) {
            return false;
        }
        boolean needsAll = resource.needs() == Resource.Needs.ALL_HOLDERS;
        List<Hold> holds = resource.knownHolders().stream()
                .filter(hold -> !needsAll || wait.mode() != AccessMode.SHARED || hold.mode() == AccessMode.EXCLUSIVE)
                .toList();
        return needsAll
                ? holds.stream().anyMatch(hold -> stuck.contains(hold.taskId()))
                : !holds.isEmpty() && holds.stream().allMatch(hold -> stuck.contains(hold.taskId()));
    }
}
