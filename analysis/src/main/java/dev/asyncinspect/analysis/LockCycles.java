package dev.asyncinspect.analysis;

import dev.asyncinspect.model.Frame;
import dev.asyncinspect.model.Hold;
import dev.asyncinspect.model.Provenance;
import dev.asyncinspect.model.Resource;
import dev.asyncinspect.model.ResourceKind;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Source;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.Wait;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
                suggestions(deadlock));
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
                    + (throughPipe(deadlock)
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
        boolean allObserved = true;
        for (Resource resource : deadlock.resources()) {
            if (resource.holders().provenance() != Provenance.OBSERVED) {
                allObserved = false;
                String who = resource.kind() == ResourceKind.QUEUE ? "who takes from " : "who holds ";
                evidence.add(Evidence.inferred(
                        who + resource.label() + ": " + resource.holders().basis()));
            }
        }
        if (allObserved) {
            evidence.add(Evidence.observed(
                    (deadlock.onlyThrough(QUEUES) ? "who takes from each queue " : "who holds each resource ")
                            + (isRecorded(deadlock) ? "was recorded" : "is stated by the JVM")));
        }
        evidence.add(Evidence.observed(
                deadlock.goesThrough(ResourceKind.POOL)
                        ? "none of the waits in the circle ends by a timeout: a pool is waited for however long it takes"
                        : "none of the waits in the circle has a timeout"));
        return evidence;
    }

    private static boolean isRecorded(StandingDeadlock deadlock) {
        return deadlock.snapshot().source().distance() == Source.Distance.RECORDING;
    }

    private static List<String> suggestions(StandingDeadlock deadlock) {
        List<String> suggestions = new ArrayList<>();
        String order = orderOfLocks(deadlock);
        if (throughMap(deadlock)) {
            suggestions.add(
                    "Do not touch a ConcurrentHashMap inside the function that computes one of its values: compute first and"
                            + " then putIfAbsent, or keep futures in the map.");
            suggestions.add("Restart the JVM to get it going again: no lock in the circle will be released by itself.");
            return suggestions;
        }
        if (deadlock.goesThrough(ResourceKind.POOL)) {
            suggestions.add(
                    "Do not wait for the end of a pool (awaitTermination, close) in a task of that pool, nor in tasks of two pools"
                            + " for each other: shut it down there if need be, and wait on a thread of its own.");
            suggestions.add("Restart the JVM to get it going again: the pool cannot end by itself.");
            return suggestions;
        }
        if (throughPipe(deadlock)) {
            suggestions.add(
                    "Read from a pipe on another thread than the one that writes into it, and one that does not wait for the"
                            + " writer; on a single thread a ByteArrayOutputStream does, which has no limit.");
            return suggestions;
        }
        if (deadlock.goesThrough(ResourceKind.QUEUE)) {
            suggestions.add(
                    "Do not wait for room in a queue in a task that takes from it, nor while it waits for whoever takes: use"
                            + " offer and say what happens to what finds no room, or keep it aside and put it in when the next is taken.");
            suggestions.add("If the queue must not lose anything and its consumer adds to it, give it no limit.");
            return suggestions;
        }
        if (deadlock.tasks().size() == 1) {
            suggestions.add("Release it before asking for it again, or do both under one acquisition.");
        } else if (order != null) {
            suggestions.add("Take the locks in one order everywhere: " + order + ".");
        } else {
            suggestions.add("Take the locks in one order everywhere.");
        }
        boolean lockObjects = deadlock.resources().stream().anyMatch(r -> r.kind() != ResourceKind.MONITOR);
        suggestions.add(
                lockObjects
                        ? "Where no order exists, use tryLock with a timeout, release what is held and try again."
                        : "Where no order exists, use ReentrantLock.tryLock with a timeout instead of synchronized.");
        suggestions.add("Restart the JVM to get it going again: no lock in the circle will be released by itself.");
        return suggestions;
    }

    private static boolean throughPipe(StandingDeadlock deadlock) {
        return deadlock.resources().stream().anyMatch(Stacks::isPipe);
    }

    /** Whether the locks are entries of a map that are being computed. */
    private static boolean throughMap(StandingDeadlock deadlock) {
        return deadlock.resources().stream()
                .allMatch(resource -> resource.className() != null
                        && resource.className().startsWith("java.util.concurrent.ConcurrentHashMap$"));
    }

    /** {@code Bank.java:31/34 takes A then B, Bank.java:52/55 takes B then A}; null if some line is not known. */
    private static @Nullable String orderOfLocks(StandingDeadlock deadlock) {
        List<Link> chain = deadlock.chain();
        Set<String> orders = new LinkedHashSet<>();
        for (int i = 0; i < chain.size(); i++) {
            Link before = chain.get((i + chain.size() - 1) % chain.size());
            Hold held = before.holder();
            Frame acquired = held == null ? null : held.site().orNull();
            Task task = deadlock.snapshot().task(chain.get(i).taskId());
            Wait wait = task == null ? null : task.waiting();
            if (acquired == null || acquired.line() < 0 || wait == null) {
                return null;
            }
            orders.add(places(acquired, wait.site().frame()) + " takes "
                    + title(deadlock, before.resourceId()) + " then "
                    + title(deadlock, chain.get(i).resourceId()));
        }
        return orders.size() > 4 ? null : String.join(", ", orders);
    }

    private static String places(Frame acquired, Frame waits) {
        boolean oneFile = Objects.equals(acquired.file(), waits.file()) && waits.line() >= 0;
        return oneFile ? acquired.place() + "/" + waits.line() : acquired.place() + " and " + waits.place();
    }

    private static String title(StandingDeadlock deadlock, long resourceId) {
        return Objects.requireNonNull(deadlock.snapshot().resource(resourceId)).title();
    }
}
