package dev.asyncinspect.analysis;

import dev.asyncinspect.model.Bound;
import dev.asyncinspect.model.Resource;
import dev.asyncinspect.model.ResourceKind;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Source;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.TaskState;
import dev.asyncinspect.model.Wait;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** {@code pool-starvation}: every worker of a pool waits for a future that no thread is working on. */
final class PoolStarvation implements Question {

    /*
     * A dump shows neither queues nor which future a queued task will complete. What it does show:
     *
     *   1. every worker of the pool is inside a task and waits, without a timeout, for a future, and has not moved;
     *   2. outside such pools no thread is inside the body of a future, so nobody is about to complete one;
     *   3. for a CompletableFuture, which any thread may complete, also: nothing else runs and nothing listens to sockets.
     *
     * Then the awaited work can only sit in the queue of a pool that has no worker left. Two or more pools that wait for
     * each other fall under the same rule, because the rule is asked of all fully waiting pools together.
     *
     * A thread outside that is busy may have a queue of its own, in which the awaited work lies, and a timer that will fire may
     * complete a CompletableFuture: then it is no more than a hint. Whoever reads objects has followed what the work of pools and
     * timers refers to, and where it ends in a timer there is nothing to guess.
     *
     * A FutureTask that lies in the queue of a pool is seen there by whoever reads objects, and is told as a deadlock. If it
     * is not, it lies with somebody else, such as a busy thread with a queue of its own: then there is nothing to guess.
     */

    private static final String FUTURE_TASK = "java.util.concurrent.FutureTask";

    private static final Set<Source.Distance> READ_OBJECTS = EnumSet.of(Source.Distance.ATTACH, Source.Distance.HEAP);

    @Override
    public List<Finding> ask(Samples samples) {
        Snapshot snapshot = samples.latest();
        Set<Long> known = new HashSet<>();
        samples.deadlocks().forEach(deadlock -> known.addAll(deadlock.tasks()));
        List<WorkerGroups.Group> waiting = new ArrayList<>();
        Set<Long> workers = new HashSet<>();
        for (WorkerGroups.Group group : WorkerGroups.in(snapshot)) {
            if (group.workers().stream().allMatch(worker -> waitsForFuture(samples, worker))) {
                waiting.add(group);
                group.workers().forEach(worker -> workers.add(worker.id()));
            }
        }
        if (waiting.isEmpty()) {
            return List.of();
        }
        Outside outside = Outside.of(snapshot, workers);
        boolean readsObjects = READ_OBJECTS.contains(snapshot.source().distance());
        List<Finding> findings = new ArrayList<>();
        for (WorkerGroups.Group group : waiting) {
            boolean futureTasksOnly = group.workers().stream().allMatch(w -> FUTURE_TASK.equals(awaited(snapshot, w)));
            boolean explained = group.workers().stream().anyMatch(worker -> known.contains(worker.id()));
            if (explained) {
                continue; // the objects say more than a guess from frames could
            }
            boolean byTimer = outside.timed && !futureTasksOnly;
            if (futureTasksOnly
                    ? !readsObjects && !outside.runsFutures
                    : outside.isQuiet() && !(byTimer && readsObjects)) {
                boolean doubted = byTimer || isBusyElsewhere(samples, workers);
                findings.add(finding(samples, group, workers, futureTasksOnly, doubted, byTimer));
            }
        }
        return findings;
    }

    private static boolean waitsForFuture(Samples samples, Task worker) {
        Wait wait = worker.waiting();
        if (wait == null || wait.bound() != Bound.UNBOUNDED || !samples.unmoved(worker)) {
            return false;
        }
        Resource resource = samples.latest().resource(wait.resourceId());
        return resource != null && resource.kind() == ResourceKind.FUTURE;
    }

    private static String awaited(Snapshot snapshot, Task worker) {
        Wait wait = Objects.requireNonNull(worker.waiting());
        Resource resource = Objects.requireNonNull(snapshot.resource(wait.resourceId()));
        return resource.className() == null ? "" : resource.className();
    }

    /** Whether some thread outside these pools is busy in every sample: it may have a queue of its own, with the awaited work in it. */
    private static boolean isBusyElsewhere(Samples samples, Set<Long> stuckWorkers) {
        return samples.latest().tasks().stream()
                .filter(task -> !stuckWorkers.contains(task.id()))
                .anyMatch(task -> samples.all().stream().allMatch(snapshot -> {
                    Task then = snapshot.task(task.id());
                    return then != null
                            && then.state() != TaskState.BLOCKED
                            && then.stack().firstOutsideJdk() != null;
                }));
    }

    private static Finding finding(
            Samples samples,
            WorkerGroups.Group group,
            Set<Long> stuckWorkers,
            boolean futureTasksOnly,
            boolean doubted,
            boolean byTimer) {
        int size = group.workers().size();
        List<Link> chain = new ArrayList<>();
        Set<String> places = new LinkedHashSet<>();
        for (Task worker : group.workers()) {
            Wait wait = Objects.requireNonNull(worker.waiting());
            chain.add(new Link(worker.id(), wait.resourceId(), null, List.of()));
            places.add(wait.site().place());
        }
        String where = Words.firstOf(List.copyOf(places), 3);
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(Evidence.observed(
                "all " + Words.count(size, "worker") + " wait without a timeout for a future, at " + where));
        evidence.add(Evidence.observed(
                futureTasksOnly
                        ? "no thread outside such pools is running the body of a future"
                        : "no other thread is running, and none listens to a socket"));
        evidence.add(Evidence.inferred(
                "that these " + size + " are all workers of one pool: from their names '" + group.name() + "…'"));
        return new Finding(
                FindingKind.POOL_STARVATION,
                doubted ? Confidence.HINT : Confidence.LIKELY,
                samples.basis(),
                "Every worker of pool '" + group.name() + "…' (" + size + ") waits for a future, and no thread is left"
                        + " to run the work it waits for.",
                chain,
                false,
                group.workers().stream().map(Task::id).toList(),
                waitersElsewhere(samples, stuckWorkers),
                chain.stream().map(Link::resourceId).distinct().toList(),
                evidence,
                doubted && !byTimer
                        ? "the awaited work lies with a thread that is busy and comes to it later; a closer look (--attach)"
                                + " tells"
                        : "the futures are completed by something a dump does not show, such as a virtual thread or a timer that"
                                + " has not fired",
                List.of(
                        "Do not wait inside a pool for work queued to the same pool: compose it (thenCompose,"
                                + " thenCombine) instead of calling get() or join() at " + where + ".",
                        "Or give the inner work a pool of its own; a bigger pool only moves the limit.",
                        "On JDK 21+ run the waiting tasks on virtual threads."));
    }

    /** Threads outside pools that wait for a future without a timeout and have not moved: they wait behind the pool. */
    private static List<Long> waitersElsewhere(Samples samples, Set<Long> stuckWorkers) {
        List<Long> victims = new ArrayList<>();
        for (Task task : samples.latest().tasks()) {
            if (!stuckWorkers.contains(task.id()) && waitsForFuture(samples, task)) {
                victims.add(task.id());
            }
        }
        return victims;
    }

    /**
     * What the threads outside the waiting pools do.
     *
     * @param runsFutures some thread is inside the body of a future
     * @param runs some thread of the program is running or listens to sockets
     * @param timed some timer has something to run at its time
     */
    private record Outside(boolean runsFutures, boolean runs, boolean timed) {

        static Outside of(Snapshot snapshot, Set<Long> stuckWorkers) {
            boolean runsFutures = false;
            boolean runs = false;
            boolean timed = false;
            for (Task task : snapshot.tasks()) {
                if (stuckWorkers.contains(task.id())) {
                    continue;
                }
                runsFutures |= Stacks.runsFutureBody(task.stack());
                boolean ownCode = task.stack().firstOutsideJdk() != null;
                runs |= (task.state() != TaskState.BLOCKED && ownCode) || Stacks.listens(task.stack());
                timed |= isTimed(task) && Stacks.runsTimers(task.stack());
            }
            return new Outside(runsFutures, runs, timed);
        }

        /** Heaps leave waits out that end by themselves. */
        private static boolean isTimed(Task task) {
            Wait wait = task.waiting();
            return wait == null || wait.bound() == Bound.TIMED;
        }

        boolean isQuiet() {
            return !runsFutures && !runs;
        }
    }
}
