package dev.asyncinspect.analysis;

import dev.asyncinspect.model.Bound;
import dev.asyncinspect.model.Provenance;
import dev.asyncinspect.model.Resource;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.ThreadAttributes;
import dev.asyncinspect.model.UnstartedWork;
import dev.asyncinspect.model.Wait;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code never-started}: tasks wait for work that nobody has begun and nobody is about to begin. */
final class NeverStarted implements Question {

    /*
     * That nobody has begun it is what the objects say. Whether somebody still might is another matter: if something that can
     * run reaches the work or its pool, it could hand the pool more work, and with that make it start a worker. Then it is
     * likely at most; of a thread that is reached and was only not started yet it is no more than a hint.
     */

    /** Work that was left in one way, at one place of waiting, is told together. */
    private record Case(
            long poolId,
            boolean hasThread,
            Confidence confidence,
            @Nullable String doubt,
            String site) {}

    @Override
    public List<Finding> ask(Samples samples) {
        Snapshot snapshot = samples.latest();
        Map<Case, List<Task>> cases = new LinkedHashMap<>();
        Map<Long, UnstartedWork> works = new LinkedHashMap<>();
        snapshot.works().unstarted().forEach(work -> works.put(work.futureId(), work));
        for (Task task : snapshot.tasks()) {
            Wait wait = task.waiting();
            UnstartedWork work = wait == null ? null : works.get(wait.resourceId());
            if (wait != null && work != null && wait.bound() == Bound.UNBOUNDED && !isInCircle(snapshot, work)) {
                cases.computeIfAbsent(caseOf(snapshot, work, wait), c -> new ArrayList<>())
                        .add(task);
            }
        }
        List<Finding> findings = new ArrayList<>();
        cases.forEach((how, tasks) -> findings.add(finding(samples, how, tasks, works)));
        return findings;
    }

    /** Whether this resource is told here, and so not as a future that nobody is left to complete. */
    static boolean tells(Snapshot snapshot, Resource resource) {
        return snapshot.works().unstarted().stream().anyMatch(work -> work.futureId() == resource.id());
    }

    /** Whether only tasks that are stuck have it, in the queue of their pool for instance: then that is told. */
    private static boolean isInCircle(Snapshot snapshot, UnstartedWork work) {
        Resource future = snapshot.resource(work.futureId());
        return future == null || !future.knownHolders().isEmpty();
    }

    private static Case caseOf(Snapshot snapshot, UnstartedWork work, Wait wait) {
        Resource future = Objects.requireNonNull(snapshot.resource(work.futureId()));
        boolean hasThread = work.thread() != null;
        String site = wait.site().toString();
        if (future.holders().provenance() == Provenance.OBSERVED) {
            return new Case(work.poolId(), hasThread, Confidence.PROVEN, null, site);
        }
        if (future.holders().provenance() == Provenance.INFERRED) {
            return new Case(
                    work.poolId(),
                    hasThread,
                    Confidence.LIKELY,
                    future.holders().basis(),
                    site);
        }
        return hasThread
                ? new Case(work.poolId(), true, Confidence.HINT, "the thread is only started later", site)
                : new Case(
                        work.poolId(),
                        false,
                        Confidence.LIKELY,
                        "whoever still has the pool hands it more work, so that it starts a worker",
                        site);
    }

    private static Finding finding(Samples samples, Case how, List<Task> tasks, Map<Long, UnstartedWork> works) {
        Snapshot snapshot = samples.latest();
        Set<Long> ids = new LinkedHashSet<>();
        Set<Long> resources = new LinkedHashSet<>();
        Set<String> threads = new LinkedHashSet<>();
        Set<String> classes = new LinkedHashSet<>();
        List<Link> chain = new ArrayList<>();
        for (Task task : tasks) {
            long resource = Objects.requireNonNull(task.waiting()).resourceId();
            UnstartedWork work = Objects.requireNonNull(works.get(resource));
            ids.add(task.id());
            resources.add(resource);
            chain.add(new Link(task.id(), resource, null, List.of()));
            if (work.thread() != null) {
                threads.add("'" + work.thread() + "'");
            }
            if (work.workClass() != null) {
                classes.add(work.workClass());
            }
        }
        Resource pool = how.poolId() == ThreadAttributes.NONE ? null : snapshot.resource(how.poolId());
        if (pool != null) {
            resources.add(pool.id());
        }
        String where = Objects.requireNonNull(tasks.get(0).waiting()).site().place();
        return new Finding(
                FindingKind.NEVER_STARTED,
                how.confidence(),
                samples.basis(),
                Words.count(tasks.size(), "task") + (tasks.size() == 1 ? " waits at " : " wait at ") + where
                        + " for work that nobody has begun: " + whyNot(pool, List.copyOf(threads)),
                chain,
                false,
                List.copyOf(ids),
                Behind.of(snapshot, ids),
                List.copyOf(resources),
                evidence(pool, classes, how),
                how.doubt(),
                suggestions(pool, !threads.isEmpty(), where));
    }

    private static String whyNot(@Nullable Resource pool, List<String> threads) {
        if (pool != null) {
            return "it lies in the queue of " + pool.label() + ", which has no worker and is not about to start one.";
        }
        return threads.isEmpty()
                ? "no pool has it, and nobody else does."
                : (threads.size() == 1 ? "Thread " : "Threads ") + Words.firstOf(threads, 3)
                        + (threads.size() == 1 ? ", made to run it, was" : ", made to run it, were")
                        + " never started.";
    }

    private static List<Evidence> evidence(@Nullable Resource pool, Set<String> classes, Case how) {
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(Evidence.observed(
                pool == null
                        ? "the future says that nobody has begun it"
                        : "no living thread is a worker of the pool, and none stands where it would start one"));
        if (!classes.isEmpty()) {
            evidence.add(Evidence.observed("the work is " + Words.firstOf(List.copyOf(classes), 3)));
        }
        if (how.confidence() != Confidence.HINT && !(pool != null && how.doubt() != null)) {
            String reached = "no thread that can still run, no static field and no native code refers to it";
            evidence.add(
                    how.doubt() == null
                            ? Evidence.observed(reached)
                            : Evidence.inferred(reached + ", as far as a heap dump shows"));
        }
        evidence.add(Evidence.observed("the wait has no timeout"));
        return evidence;
    }

    private static List<String> suggestions(@Nullable Resource pool, boolean threads, String where) {
        List<String> suggestions = new ArrayList<>();
        if (pool != null) {
            suggestions.add(
                    "Look at the thread factory of the pool: it gave no thread (null, or an error at start), or one"
                            + " that does not run what it was given. Hand work over with execute or submit, never with"
                            + " getQueue().add.");
        } else if (threads) {
            suggestions.add("Start the thread on every way, or hand its work to a pool.");
        } else {
            suggestions.add(
                    "Look for a pool that turns work away without a word (DiscardPolicy, DiscardOldestPolicy): reject it"
                            + " with an exception or run it in the caller (CallerRunsPolicy).");
            suggestions.add("Cancel what shutdownNow gives back, so that whoever waits for it is told.");
        }
        suggestions.add("Give the wait at " + where + " a timeout, so that it ends as a failure.");
        return suggestions;
    }
}
