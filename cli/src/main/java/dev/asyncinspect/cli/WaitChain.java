package dev.asyncinspect.cli;

import dev.asyncinspect.model.Hold;
import dev.asyncinspect.model.Resource;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.Wait;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * From a task along its waits to the root cause: to whoever does not wait, to a holder that is not known, or into a circle.
 *
 * @param steps the waits, at least the task itself; where something has several holders the first that waits is followed
 * @param circle whether the last step leads back to a task met before
 */
record WaitChain(List<Step> steps, boolean circle) {

    /**
     * One task of the chain.
     *
     * @param task the task
     * @param waiting what it waits for, null if it does not wait
     * @param resource the resource of that wait, null if it does not wait
     * @param holder who is followed next, null if the chain ends here
     * @param others how many further holders there are
     */
    record Step(
            Task task,
            @Nullable Wait waiting,
            @Nullable Resource resource,
            @Nullable Hold holder,
            int others) {}

    static WaitChain from(Task start, Snapshot snapshot) {
        List<Step> steps = new ArrayList<>();
        Set<Long> met = new HashSet<>();
        Task task = start;
        while (task != null && met.add(task.id())) {
            Wait wait = task.waiting();
            Resource resource = wait == null ? null : snapshot.resource(wait.resourceId());
            if (wait == null || resource == null) {
                steps.add(new Step(task, null, null, null, 0));
                return new WaitChain(steps, false);
            }
            List<Hold> holders = resource.knownHolders();
            Hold next = worst(holders, snapshot);
            steps.add(new Step(task, wait, resource, next, Math.max(0, holders.size() - 1)));
            if (next == null) {
                return new WaitChain(steps, false);
            }
            task = snapshot.task(next.taskId());
        }
        return new WaitChain(steps, task != null);
    }

    /** A holder that itself waits says more than one that runs; null if there is none. */
    private static @Nullable Hold worst(List<Hold> holders, Snapshot snapshot) {
        for (Hold hold : holders) {
            Task holder = snapshot.task(hold.taskId());
            if (holder != null && holder.waiting() != null) {
                return hold;
            }
        }
        return holders.isEmpty() ? null : holders.get(0);
    }

    /** The tasks of the chain, each once. */
    List<Task> tasks() {
        return steps.stream().map(Step::task).toList();
    }
}
