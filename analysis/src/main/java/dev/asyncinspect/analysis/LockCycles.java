package dev.asyncinspect.analysis;

import dev.asyncinspect.model.Provenance;
import dev.asyncinspect.model.Resource;
import dev.asyncinspect.model.ResourceKind;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Source;
import dev.asyncinspect.model.Task;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** {@code lock-cycle} and {@code self-deadlock}: tasks that wait in a circle for what the next one holds. */
final class LockCycles implements Question {

    private static final Set<ResourceKind> CLASS_INIT = EnumSet.of(ResourceKind.CLASS_INIT);
    private static final Set<ResourceKind> QUEUES = EnumSet.of(ResourceKind.QUEUE);

    @Override
    public List<Finding> ask(Samples samples) {
        List<Finding> findings = new ArrayList<>();
        for (StandingDeadlock deadlock : samples.deadlocks()) {
            if (!deadlock.onlyThrough(CLASS_INIT)
                    && !deadlock.goesThrough(ResourceKind.CONNECTION_POOL)
                    && !deadlock.goesThrough(ResourceKind.FUTURE)
                    && !NobodyLeft.isCircleOfSignals(deadlock)
                    && !Starvation.isOne(deadlock)
                    && !ExitHooks.tells(deadlock)) {
                findings.add(finding(deadlock));
            }
        }
        return findings;
    }

    private static Finding finding(StandingDeadlock deadlock) {
        boolean alone = deadlock.tasks().size() == 1;
        return new Finding(
                alone ? FindingKind.SELF_DEADLOCK : FindingKind.LOCK_CYCLE,
                deadlock.confidence(),
                deadlock.basis(),
                alone ? sentenceOfOne(deadlock) : sentenceOfMany(deadlock),
                deadlock.chain(),
                true,
                deadlock.tasks(),
                deadlock.victims(),
                deadlock.resources().stream().map(Resource::id).toList(),
                evidence(deadlock),
                deadlock.innocent(),
                CycleAdvice.on(deadlock));
    }

    private static String sentenceOfOne(StandingDeadlock deadlock) {
        Snapshot snapshot = deadlock.snapshot();
        Task task = Objects.requireNonNull(snapshot.task(deadlock.tasks().get(0)));
        if (deadlock.goesThrough(ResourceKind.POOL)) {
            return task.label()
                    + " waits for the end of the pool that it works for, which can only come after its own: it waits for"
                    + " ever.";
        }
        if (deadlock.goesThrough(ResourceKind.QUEUE)) {
            return task.label()
                    + (deadlock.goesThroughPipe()
                            ? " waits to write into a full pipe which only it reads"
                            : " waits to put into a full queue from which only it takes")
                    + ", so it waits for ever.";
        }
        return task.label() + " waits for something that only it can release, so it waits for ever.";
    }

    private static String sentenceOfMany(StandingDeadlock deadlock) {
        int tasks = deadlock.tasks().size();
        int victims = deadlock.victims().size();
        return tasks
                + (deadlock.onlyThrough(QUEUES)
                        ? " tasks wait to put into full queues from which only they themselves take"
                        : " tasks wait for each other in a circle")
                + "; none of them can ever go on"
                + (victims == 0 ? "." : ", and " + Words.count(victims, "more task") + " behind them.");
    }

    private static List<Evidence> evidence(StandingDeadlock deadlock) {
        List<Evidence> evidence = new ArrayList<>();
        for (Resource resource : deadlock.resources()) {
            if (resource.holders().provenance() != Provenance.OBSERVED) {
                String who = resource.kind() == ResourceKind.QUEUE ? "who takes from " : "who holds ";
                evidence.add(Evidence.inferred(
                        who + resource.label() + ": " + resource.holders().basis()));
            }
        }
        if (evidence.isEmpty() && deadlock.goesThrough(ResourceKind.QUEUE)) {
            evidence.add(Evidence.observed(
                    "no thread that can still run, no static field and no native code refers to what they wait for, and the"
                            + " code in which they stand takes from it"));
        } else if (evidence.isEmpty()) {
            evidence.add(Evidence.observed(
                    "who holds each resource " + (isRecorded(deadlock) ? "was recorded" : "is stated by the JVM")));
        }
        evidence.add(Evidence.observed(
                deadlock.goesThroughPipe()
                        ? "none of the waits in the circle ends by a timeout: at a pipe a thread waits a second, again and again"
                        : deadlock.goesThrough(ResourceKind.POOL)
                                ? "none of the waits in the circle ends by a timeout: a pool is waited for however long it takes"
                                : "none of the waits in the circle has a timeout"));
        return evidence;
    }

    private static boolean isRecorded(StandingDeadlock deadlock) {
        return deadlock.snapshot().source().distance() == Source.Distance.RECORDING;
    }
}
