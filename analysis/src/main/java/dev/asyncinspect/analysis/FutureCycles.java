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
            if (deadlock.goesThrough(ResourceKind.CONNECTION_POOL) || ExitHooks.tells(deadlock)) {
                continue;
            }
            if (Starvation.isOne(deadlock)) {
                findings.add(Starvation.finding(samples, deadlock, evidence(deadlock), places(deadlock)));
            } else if (deadlock.goesThrough(ResourceKind.FUTURE)) {
                findings.add(cycle(deadlock));
            }
        }
        return findings;
    }

    private static Finding cycle(StandingDeadlock deadlock) {
        int size = deadlock.tasks().size();
        String where = places(deadlock);
        return new Finding(
                FindingKind.FUTURE_CYCLE,
                deadlock.confidence(),
                deadlock.basis(),
                size == 1
                        ? "A task waits at " + where + " for a future that only it completes: it waits for ever."
                        : size + " tasks wait for futures in a circle, at " + where
                                + ": each future is completed only after the next, so none ever is.",
                deadlock.chain(),
                true,
                deadlock.tasks(),
                deadlock.victims(),
                deadlock.resources().stream().map(Resource::id).toList(),
                evidence(deadlock),
                deadlock.innocent(),
                List.of(
                        "Do not wait at " + where + " for work that needs the waiting task first: return the future and"
                                + " compose it (thenCompose), or split the work so that the circle opens.",
                        "Give the wait a timeout (get with a time, orTimeout), so that a circle ends as a failure."));
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
                        ? future ? " can be run by " : " can be signalled by work that is run by "
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
                places.add(wait.site().place());
            }
        }
        return Words.firstOf(List.copyOf(places), 3);
    }
}
