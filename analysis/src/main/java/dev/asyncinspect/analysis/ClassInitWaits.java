package dev.asyncinspect.analysis;

import dev.asyncinspect.model.Bound;
import dev.asyncinspect.model.Frame;
import dev.asyncinspect.model.Hold;
import dev.asyncinspect.model.Resource;
import dev.asyncinspect.model.ResourceKind;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.Wait;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** {@code class-init-cycle}, second form: a static initialiser waits for work of threads that wait for its class. */
final class ClassInitWaits implements Question {

    /*
     * A parallel stream, a future or a thread started in a static initialiser runs code of the class itself (a lambda is
     * such code), so the worker waits for the initialiser and the initialiser for the worker. That it waits for just these
     * workers is not in a dump, so at most LIKELY, and only if nobody has moved. A slow initialiser that loads something from
     * elsewhere looks alike, but those who wait for it name the class in their own code. A worker that was handed code of
     * the class stands in the lambda's own hidden class, or in a JDK method where the dump does not show that one.
     */

    private static final Set<ResourceKind> WORK_OF_OTHERS =
            EnumSet.of(ResourceKind.FUTURE, ResourceKind.LATCH, ResourceKind.THREAD_END, ResourceKind.POOL);

    @Override
    public List<Finding> ask(Samples samples) {
        Snapshot snapshot = samples.latest();
        Map<Resource, List<Task>> waiters = new LinkedHashMap<>();
        for (Task task : snapshot.tasks()) {
            Wait wait = task.waiting();
            Resource resource = wait == null ? null : snapshot.resource(wait.resourceId());
            if (resource != null && resource.kind() == ResourceKind.CLASS_INIT && samples.unmoved(task)) {
                waiters.computeIfAbsent(resource, r -> new ArrayList<>()).add(task);
            }
        }
        List<Finding> findings = new ArrayList<>();
        waiters.forEach((initialisation, tasks) -> {
            for (Hold hold : initialisation.knownHolders()) {
                Task initialiser = snapshot.task(hold.taskId());
                if (initialiser != null && waitsForOthers(snapshot, initialiser) && samples.unmoved(initialiser)) {
                    findings.add(finding(samples, initialisation, hold, initialiser, tasks));
                }
            }
        });
        return findings;
    }

    private static boolean waitsForOthers(Snapshot snapshot, Task task) {
        Wait wait = task.waiting();
        Resource resource = wait == null ? null : snapshot.resource(wait.resourceId());
        return wait != null
                && resource != null
                && wait.bound() == Bound.UNBOUNDED
                && WORK_OF_OTHERS.contains(resource.kind());
    }

    private static boolean wasHandedCode(Task waiter) {
        Frame top = waiter.stack().top();
        return top != null && (top.isHidden() || top.isJdk());
    }

    private static Finding finding(
            Samples samples, Resource initialisation, Hold hold, Task initialiser, List<Task> waiters) {
        List<Link> chain = new ArrayList<>();
        Wait wait = Objects.requireNonNull(initialiser.waiting());
        chain.add(new Link(initialiser.id(), wait.resourceId(), null, List.of()));
        List<Long> tasks = new ArrayList<>(List.of(initialiser.id()));
        for (Task waiter : waiters) {
            chain.add(new Link(waiter.id(), initialisation.id(), hold, List.of()));
            tasks.add(waiter.id());
        }
        String name = initialisation.title();
        return new Finding(
                FindingKind.CLASS_INIT_CYCLE,
                waiters.stream().anyMatch(ClassInitWaits::wasHandedCode) ? Confidence.LIKELY : Confidence.HINT,
                samples.basis(),
                "The static initialiser of " + name + " waits for work of other threads, and "
                        + Words.count(waiters.size(), "thread") + " cannot go on before that class is initialised.",
                chain,
                false,
                tasks,
                List.of(),
                List.of(wait.resourceId(), initialisation.id()),
                List.of(
                        Evidence.observed(initialiser.label() + " is inside the static initialiser of " + name
                                + " and waits without a timeout at " + wait.site()),
                        Evidence.observed(Words.waits(waiters.size(), "thread") + " for the initialisation of " + name),
                        Evidence.inferred(
                                "that it waits for the work of just these threads: they are the ones that stand"
                                        + " still with it")),
                "the work it waits for is done by other threads than these",
                List.of(
                        "Do not wait for other threads in a static initialiser: no parallel streams, futures or joins"
                                + " there. Move the work to a method that is called later, or do it on the same thread.",
                        "Note that a lambda in the class is code of the class: another thread that runs it needs the class"
                                + " initialised."));
    }
}
