package dev.asyncinspect.analysis;

import dev.asyncinspect.model.Bound;
import dev.asyncinspect.model.Resource;
import dev.asyncinspect.model.ResourceKind;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.Wait;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** {@code self-deadlock}, as a hint: a task waits with a timeout for the end of the pool that it works for itself. */
final class OwnPoolWaits implements Question {

    /*
     * The pool ends after all its tasks, so nothing but the timeout, or an interrupt, can end this wait. It does end, so it is
     * no deadlock; that it is waited out in vain, every time, is worth saying. Without a timeout it is told as any circle is.
     */

    @Override
    public List<Finding> ask(Samples samples) {
        List<Finding> findings = new ArrayList<>();
        for (Task task : samples.latest().tasks()) {
            Wait wait = task.waiting();
            Resource pool = wait == null ? null : samples.latest().resource(wait.resourceId());
            if (wait != null
                    && pool != null
                    && pool.kind() == ResourceKind.POOL
                    && wait.bound() == Bound.TIMED
                    && samples.unmoved(task)
                    && pool.knownHolders().stream().anyMatch(hold -> hold.taskId() == task.id())) {
                findings.add(finding(samples, task, wait, pool));
            }
        }
        return findings;
    }

    private static Finding finding(Samples samples, Task task, Wait wait, Resource pool) {
        Snapshot snapshot = samples.latest();
        return new Finding(
                FindingKind.SELF_DEADLOCK,
                Confidence.HINT,
                samples.basis(),
                task.label()
                        + " waits for the end of the pool that it works for, which can only come after its own: it waits until its"
                        + " timeout is over.",
                List.of(new Link(task.id(), pool.id(), null, List.of())),
                false,
                List.of(task.id()),
                Behind.of(snapshot, Set.of(task.id())),
                List.of(pool.id()),
                List.of(
                        Evidence.observed("it is a worker of the pool whose end it waits for"),
                        Evidence.observed("the wait has a timeout; how much is left does not show")),
                "the timeout is short, and whoever wrote it counts on it",
                List.of("Do not wait for the end of a pool in one of its own tasks at "
                        + wait.site().place()
                        + ": call shutdown() there if need be, and wait on a thread of its own."));
    }
}
