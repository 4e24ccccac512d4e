package dev.asyncinspect.analysis;

import dev.asyncinspect.model.AccessMode;
import dev.asyncinspect.model.Hold;
import dev.asyncinspect.model.Provenance;
import dev.asyncinspect.model.Resource;
import dev.asyncinspect.model.ResourceKind;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.TaskNumber;
import dev.asyncinspect.model.Wait;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code future-cycle} and, seen in objects, {@code pool-starvation}: tasks wait for futures that can only be completed after
 * they go on.
 */
final class FutureCycles implements Question {

    /*
     * Both are one circle in the graph. If somewhere in it the work of an awaited future lies in the queue of a pool, then
     * more workers would have broken it, and it is told as a starved pool; else the circle is in the program's own waiting.
     */

    @Override
    public List<Finding> ask(Samples samples) {
        List<Finding> findings = new ArrayList<>();
        for (StandingDeadlock deadlock : samples.deadlocks()) {
            if (deadlock.goesThrough(ResourceKind.FUTURE)
                    && !deadlock.goesThrough(ResourceKind.CONNECTION_POOL)
                    && !ExitHooks.tells(deadlock)) {
                boolean queued = deadlock.resources().stream()
                        .flatMap(resource -> resource.knownHolders().stream())
                        .anyMatch(hold -> hold.mode() == AccessMode.WILL_RUN);
                findings.add(queued ? starvation(deadlock) : cycle(deadlock));
            }
        }
        return findings;
    }

    private static Finding starvation(StandingDeadlock deadlock) {
        int size = deadlock.tasks().size();
        String where = places(deadlock);
        List<Evidence> evidence = evidence(deadlock);
        evidence.add(Evidence.observed("the awaited work lies in the queue of a pool: nobody has started it"));
        return finding(
                FindingKind.POOL_STARVATION,
                deadlock,
                "Every worker that could run the awaited work waits for it itself: " + Words.count(size, "task")
                        + " at " + where + ". None of them can ever go on.",
                evidence,
                List.of(
                        "Do not wait inside a pool for work queued to the same pool: compose it (thenCompose,"
                                + " thenCombine) instead of calling get() or join() at " + where + ".",
                        "Or give the inner work a pool of its own; a bigger pool only moves the limit.",
                        "On JDK 21+ run the waiting tasks on virtual threads."));
    }

    private static Finding cycle(StandingDeadlock deadlock) {
        int size = deadlock.tasks().size();
        String where = places(deadlock);
        return finding(
                FindingKind.FUTURE_CYCLE,
                deadlock,
                size == 1
                        ? "A task waits at " + where + " for a future that only it completes: it waits for ever."
                        : size + " tasks wait for futures in a circle, at " + where
                                + ": each future is completed only after the next, so none ever is.",
                evidence(deadlock),
                List.of(
                        "Do not wait at " + where + " for work that needs the waiting task first: return the future and"
                                + " compose it (thenCompose), or split the work so that the circle opens.",
                        "Give the wait a timeout (get with a time, orTimeout), so that a circle ends as a failure."));
    }

    private static Finding finding(
            FindingKind kind,
            StandingDeadlock deadlock,
            String sentence,
            List<Evidence> evidence,
            List<String> suggestions) {
        return new Finding(
                kind,
                deadlock.confidence(),
                deadlock.basis(),
                sentence,
                deadlock.chain(),
                true,
                deadlock.tasks(),
                deadlock.victims(),
                deadlock.resources().stream().map(Resource::id).toList(),
                evidence,
                deadlock.innocent(),
                suggestions);
    }

    private static List<Evidence> evidence(StandingDeadlock deadlock) {
        List<Evidence> evidence = new ArrayList<>();
        for (Resource resource : deadlock.resources()) {
            evidence.add(
                    resource.holders().provenance() == Provenance.OBSERVED
                            ? Evidence.observed(holders(resource))
                            : Evidence.inferred(holders(resource) + ": "
                                    + resource.holders().basis()));
        }
        evidence.add(Evidence.observed("none of the waits in the circle has a timeout"));
        return evidence;
    }

    private static String holders(Resource resource) {
        List<Hold> holds = resource.knownHolders();
        String tasks = Words.firstOf(
                holds.stream()
                        .map(hold -> "Task " + TaskNumber.text(hold.taskId()))
                        .toList(),
                3);
        boolean future = resource.kind() == ResourceKind.FUTURE;
        Set<AccessMode> modes = holds.stream().map(Hold::mode).collect(Collectors.toSet());
        String how = modes.contains(AccessMode.REACHES)
                ? " is within reach only of "
                : modes.contains(AccessMode.WILL_RUN)
                        ? " can be run by "
                        : future ? " is completed by " : " is held by ";
        return resource.label() + how + tasks;
    }

    private static String places(StandingDeadlock deadlock) {
        Snapshot snapshot = deadlock.snapshot();
        Set<String> places = new LinkedHashSet<>();
        for (long id : deadlock.tasks()) {
            Task task = snapshot.task(id);
            Wait wait = task == null ? null : task.waiting();
            if (wait != null) {
                places.add(wait.site().frame().place());
            }
        }
        return Words.firstOf(List.copyOf(places), 3);
    }
}
